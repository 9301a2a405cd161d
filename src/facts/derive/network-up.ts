import type { Row } from "../fact.ts";
import type { Derivation } from "../reader.ts";

/** Whether the interface that the node's own address or its default route is on is up and has a link. */
export const networkUp: Derivation = {
  id: "network-up",
  needs: ["net.interfaces", "net.defaultInterface", "node.internalIP"],
  provides: { "net.primaryUp": { type: "boolean", says: "whether the node's main interface is up and has a link" } },
  derive: (known) => {
    const rows = known.get("net.interfaces");
    if (!Array.isArray(rows)) return {};
    const primary = primaryOf(rows as readonly Row[], known.get("net.defaultInterface"), known.get("node.internalIP"));
    if (primary === undefined) return {};
    const up = primary.state === "UP" && primary.carrier === true;
    return { "net.primaryUp": { value: up, line: String(primary.line ?? "") } };
  },
};

function primaryOf(rows: readonly Row[], device: unknown, address: unknown): Row | undefined {
  const byAddress = rows.find(
    ({ addresses }) => typeof address === "string" && String(addresses).split(" ").includes(address),
  );
  return byAddress ?? rows.find(({ name }) => name === device);
}
