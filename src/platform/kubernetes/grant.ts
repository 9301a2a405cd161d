interface Wanted {
  readonly group: string;
  /** `nodes`, or with its subresource `nodes/proxy`. */
  readonly resource: string;
  readonly verb: "get" | "list";
}

/**
 * The RBAC rule that a GET needs, as it would stand in a ClusterRole. Lists need `list`, single
 * objects and subresources `get`, and paths outside the API groups a non-resource rule.
 */
export function rbacRuleFor(path: string): string {
  const wanted = wantedBy(path);
  if (wanted === null) return `{nonResourceURLs: ["${path.split("?", 1)[0]}"], verbs: ["get"]}`;
  return `{apiGroups: ["${wanted.group}"], resources: ["${wanted.resource}"], verbs: ["${wanted.verb}"]}`;
}

/** Whether a GET of the path lists objects, and so may come in pages. */
export function listsObjects(path: string): boolean {
  return wantedBy(path)?.verb === "list";
}

function wantedBy(path: string): Wanted | null {
  const words = (path.split("?", 1)[0] ?? "").split("/").filter((word) => word !== "");
  const [root, ...rest] = words;
  if (root === "api" && rest.length > 1) return resourceIn("", rest.slice(1));
  if (root === "apis" && rest.length > 2) return resourceIn(rest[0] ?? "", rest.slice(2));
  return null;
}

function resourceIn(group: string, words: readonly string[]): Wanted {
  const namespaced = words[0] === "namespaces" && words.length > 2;
  const [resource = "", name, subresource] = namespaced ? words.slice(2) : words;
  const full = subresource === undefined ? resource : `${resource}/${subresource}`;
  return { group, resource: full, verb: name === undefined ? "list" : "get" };
}
