import type { Derivation } from "../reader.ts";

/** One broken node is a node's trouble; most of them broken is the control plane's or the network's. */
export const fleet: Derivation = {
  id: "fleet",
  needs: ["fleet.total", "fleet.notReady"],
  provides: {
    "fleet.mostNotReady": { type: "boolean", says: "More than half of at least three nodes are not Ready." },
  },
  derive: (known) => {
    const [total, notReady] = [known.get("fleet.total"), known.get("fleet.notReady")];
    if (typeof total !== "number" || typeof notReady !== "number") return {};
    return { "fleet.mostNotReady": total >= 3 && notReady * 2 > total };
  },
};
