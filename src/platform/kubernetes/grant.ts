/**
 * The RBAC rule that a GET needs, as it would stand in a ClusterRole. Lists need `list`, single
 * objects and subresources `get`, and paths outside the API groups a non-resource rule.
 */
export function rbacRuleFor(path: string): string {
  const [place = ""] = path.split("?", 1);
  const words = place.split("/").filter((word) => word !== "");
  const [root, ...rest] = words;
  if (root === "api" && rest.length > 1) return resourceRule("", rest.slice(1));
  if (root === "apis" && rest.length > 2) return resourceRule(rest[0] ?? "", rest.slice(2));
  return `{nonResourceURLs: ["${place}"], verbs: ["get"]}`;
}

function resourceRule(group: string, words: readonly string[]): string {
  const namespaced = words[0] === "namespaces" && words.length > 2;
  const [resource = "", name, subresource] = namespaced ? words.slice(2) : words;
  const full = subresource === undefined ? resource : `${resource}/${subresource}`;
  const verb = name === undefined ? "list" : "get";
  return `{apiGroups: ["${group}"], resources: ["${full}"], verbs: ["${verb}"]}`;
}
