import { accessOf, fullResource } from "../../collect/access.ts";

/**
 * The RBAC rule that a GET needs, as it would stand in a ClusterRole. Lists need `list`, single
 * objects and subresources `get`, and paths outside the API groups a non-resource rule.
 */
export function rbacRuleFor(path: string): string {
  const wanted = accessOf(path);
  if (wanted.kind === "path") return `{nonResourceURLs: ["${wanted.path}"], verbs: ["get"]}`;
  return `{apiGroups: ["${wanted.group}"], resources: ["${fullResource(wanted)}"], verbs: ["${wanted.verb}"]}`;
}

/** Whether a GET of the path lists objects, and so may come in pages. */
export function listsObjects(path: string): boolean {
  const wanted = accessOf(path);
  return wanted.kind === "resource" && wanted.verb === "list";
}
