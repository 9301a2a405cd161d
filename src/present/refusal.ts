/** Why there is no report, in words, with the next step. */
export type Refusal =
  | { readonly kind: "not-a-name"; readonly typed: string }
  | { readonly kind: "no-cluster"; readonly typed: string | null; readonly clusters: readonly string[] }
  | { readonly kind: "ambiguous"; readonly node: string; readonly clusters: readonly string[] }
  | {
      readonly kind: "unknown-node";
      readonly node: string;
      readonly cluster: string;
      readonly nearest: readonly string[];
    };

export function refusalText(refusal: Refusal): string {
  switch (refusal.kind) {
    case "not-a-name":
      return `${JSON.stringify(refusal.typed.slice(0, 80))} cannot be a node's name. Ask for one like worker-7 or cluster/worker-7.`;
    case "no-cluster":
      return refusal.clusters.length === 0
        ? "No cluster is configured. Name one in the config (clusters:) or set KUBECONFIG."
        : `There is no cluster ${refusal.typed ?? ""}. Known: ${refusal.clusters.join(", ")}.`;
    case "ambiguous":
      return `${refusal.node} exists in several clusters. Ask for one of: ${refusal.clusters.map((cluster) => `${cluster}/${refusal.node}`).join(", ")}.`;
    case "unknown-node": {
      const near = refusal.nearest.length > 0 ? ` Nearest: ${refusal.nearest.join(", ")}.` : "";
      return `There is no node ${refusal.node} in ${refusal.cluster}, and the inventory has no such host.${near}`;
    }
  }
}
