/** What a GET of the API server asks for, in the words of RBAC. */
export type Access = ResourceAccess | { readonly kind: "path"; readonly path: string };

export interface ResourceAccess {
  readonly kind: "resource";
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource: string | null;
  /** null: of the whole cluster. */
  readonly namespace: string | null;
  /** null: all of them. */
  readonly name: string | null;
  readonly verb: "get" | "list";
}

/** Lists need `list`, single objects and subresources `get`; paths outside the API groups are paths. */
export function accessOf(path: string): Access {
  const plain = path.split("?", 1)[0] ?? "";
  const [root, ...rest] = plain
    .split("/")
    .filter((word) => word !== "")
    .map(decodeURIComponent);
  if (root === "api" && rest.length > 1) return resourceIn("", rest[0] ?? "", rest.slice(1));
  if (root === "apis" && rest.length > 2) return resourceIn(rest[0] ?? "", rest[1] ?? "", rest.slice(2));
  return { kind: "path", path: plain };
}

function resourceIn(group: string, version: string, words: readonly string[]): ResourceAccess {
  const namespaced = words[0] === "namespaces" && words.length > 2;
  const [resource = "", name = null, subresource = null] = namespaced ? words.slice(2) : words;
  const namespace = namespaced ? (words[1] ?? null) : null;
  return {
    kind: "resource",
    group,
    version,
    resource,
    subresource,
    namespace,
    name,
    verb: name === null ? "list" : "get",
  };
}

/** `nodes`, or with its subresource `nodes/proxy`, as a role names it. */
export function fullResource({ resource, subresource }: Pick<ResourceAccess, "resource" | "subresource">): string {
  return subresource === null ? resource : `${resource}/${subresource}`;
}
