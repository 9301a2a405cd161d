import { accessOf, fullResource, type ResourceAccess } from "../../collect/access.ts";
import type { Probe } from "../../collect/probe.ts";
import { OperatorError } from "../../shared/errors.ts";

/** A rule of a ClusterRole or Role. */
export type Rule =
  | {
      readonly apiGroups: readonly string[];
      readonly resources: readonly string[];
      readonly resourceNames?: readonly string[];
      readonly verbs: readonly string[];
    }
  | { readonly nonResourceURLs: readonly string[]; readonly verbs: readonly string[] };

/** A Kubernetes object, ready to be written as YAML. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** More ways in, each off until it is asked for by name. */
export const rungs = ["kubelet-api", "proxy", "pod-exec"] as const;
export type Rung = (typeof rungs)[number];

/** What an action writes through the API server; most write nothing there. */
export interface ActionAccess {
  readonly id: string;
  readonly rules: readonly Rule[];
}

export interface RbacRequest {
  /** Of every object. */
  readonly name: string;
  /** Where the service accounts live. */
  readonly namespace: string;
  readonly with: readonly Rung[];
  /** Where the pods are that may be entered; without it pod-exec is refused. */
  readonly execNamespace: string | null;
  /** null: reading only. */
  readonly actions: readonly ActionAccess[] | null;
}

/** What every path of the API that is asked for may read, and nothing more. */
export function rbacManifests(request: RbacRequest, probes: readonly Probe[]): readonly Manifest[] {
  const { name, namespace } = request;
  const reading = account(name, namespace);
  const needs = neededBy(probes);
  const acting = (request.actions ?? []).filter(({ rules }) => rules.length > 0);
  return [
    ...(namespace === ownNamespace ? [{ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }] : []),
    reading,
    ...roleAndBinding(name, null, rulesOf(needs.filter(({ within }) => within === null)), reading),
    ...namespacesOf(needs).flatMap((within) =>
      roleAndBinding(name, within, rulesOf(needs.filter((need) => need.within === within)), reading),
    ),
    ...request.with.flatMap((rung) => rungManifests(rung, request, reading)),
    ...(acting.length === 0 ? [] : actingManifests(request, acting)),
  ];
}

export const ownNamespace = "node-why";

/** One right to read. `within`: a namespace that is the same for every node; null: of the whole cluster. */
export interface Need {
  readonly within: string | null;
  readonly verb: string;
  readonly group: string | null;
  /** A resource, or where `group` is null a path. */
  readonly what: string;
  /** An object that is the same for every node. */
  readonly only: string | null;
}

/** Two names that no API path has of itself: what differs between them is the node's. */
const [one, other] = ["node-a", "node-b"] as const;

/** Every right that the probes of the API need; those that several need come several times. */
export function neededBy(probes: readonly Probe[]): readonly Need[] {
  return probes.flatMap(({ via }) => {
    if (via.source !== "kubernetes") return [];
    const [first, second] = [accessOf(via.path({ node: one })), accessOf(via.path({ node: other }))];
    if (first.kind === "path" || second.kind === "path") {
      return [{ within: null, verb: "get", group: null, what: first.kind === "path" ? first.path : "", only: null }];
    }
    return [needOf(first, second)];
  });
}

function needOf(first: ResourceAccess, second: ResourceAccess): Need {
  const same = <T>(mine: T, theirs: T): T | null => (mine === theirs ? mine : null);
  return {
    within: same(first.namespace, second.namespace),
    verb: first.verb,
    group: first.group,
    what: fullResource(first),
    only: same(first.name, second.name),
  };
}

function namespacesOf(needs: readonly Need[]): readonly string[] {
  return [...new Set(needs.flatMap(({ within }) => within ?? []))].sort();
}

/** One rule per group and set of verbs, so that it reads as a person would write it. */
function rulesOf(needs: readonly Need[]): readonly Rule[] {
  const objects = Map.groupBy(
    needs.filter(({ group }) => group !== null),
    ({ group, what, only }) => JSON.stringify([group, what, only]),
  );
  const rules = [...objects.values()].map((same) => ({
    group: same[0]?.group ?? "",
    resource: same[0]?.what ?? "",
    only: same[0]?.only ?? null,
    verbs: [...new Set(same.map(({ verb }) => verb))].sort(),
  }));
  const alike = Map.groupBy(rules, ({ group, only, verbs }) => JSON.stringify([group, only, verbs]));
  const paths = [...new Set(needs.filter(({ group }) => group === null).map(({ what }) => what))].sort();
  return [
    ...[...alike.values()].map((same) => resourceRule(same)),
    ...(paths.length === 0 ? [] : [{ nonResourceURLs: paths, verbs: ["get"] }]),
  ];
}

function resourceRule(
  same: readonly { group: string; resource: string; only: string | null; verbs: readonly string[] }[],
): Rule {
  const [{ group = "", only = null, verbs = [] } = {}] = same;
  const resources = same.map(({ resource }) => resource).sort();
  return { apiGroups: [group], resources, ...(only === null ? {} : { resourceNames: [only] }), verbs };
}

const rbac = "rbac.authorization.k8s.io";

function account(name: string, namespace: string): Manifest {
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } };
}

function roleAndBinding(
  name: string,
  within: string | null,
  rules: readonly Rule[],
  { metadata }: Manifest,
): readonly Manifest[] {
  if (rules.length === 0) return [];
  const kind = within === null ? "ClusterRole" : "Role";
  const about = { name, ...(within === null ? {} : { namespace: within }) };
  const subjects = [{ kind: "ServiceAccount", name: metadata.name, namespace: metadata.namespace }];
  return [
    { apiVersion: `${rbac}/v1`, kind, metadata: about, rules },
    {
      apiVersion: `${rbac}/v1`,
      kind: `${kind}Binding`,
      metadata: about,
      roleRef: { apiGroup: rbac, kind, name },
      subjects,
    },
  ];
}

/**
 * The kubelet's fine-grained subresources let nobody run anything (kubelet authorization, Kubernetes 1.33; older ones
 * know stats, metrics and log). nodes/proxy and pods/exec do: commands in any pod, or in those of a namespace.
 */
export const kubeletResources = ["nodes/configz", "nodes/healthz", "nodes/log", "nodes/metrics", "nodes/stats"];

function rungManifests(rung: Rung, request: RbacRequest, reading: Manifest): readonly Manifest[] {
  const { name, execNamespace } = request;
  const role = `${name}-${rung}`;
  if (rung === "kubelet-api") return roleAndBinding(role, null, [core(kubeletResources, ["get"])], reading);
  if (rung === "proxy") return roleAndBinding(role, null, [core(["nodes/proxy"], ["get"])], reading);
  if (execNamespace === null) {
    throw new OperatorError("pod-exec runs commands in pods, so it is granted in one namespace only", [
      "name the namespace of the privileged pods: --exec-namespace kube-system",
    ]);
  }
  // A web socket is opened by a GET; from Kubernetes 1.35 on `create` is asked for as well.
  return roleAndBinding(role, execNamespace, [core(["pods/exec"], ["create", "get"])], reading);
}

function core(resources: readonly string[], verbs: readonly string[]): Rule {
  return { apiGroups: [""], resources, verbs };
}

function actingManifests({ name, namespace }: RbacRequest, actions: readonly ActionAccess[]): readonly Manifest[] {
  const acting = account(`${name}-acting`, namespace);
  return [acting, ...actions.flatMap(({ id, rules }) => roleAndBinding(`${name}-action-${id}`, null, rules, acting))];
}
