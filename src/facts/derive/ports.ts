import type { Row } from "../fact.ts";
import type { Derivation, Reading } from "../reader.ts";

/** Who listens on the kubelet's two ports. */
export const ports: Derivation = {
  id: "ports",
  needs: ["port.rows"],
  provides: {
    "port.kubelet": { type: "boolean", says: "whether anybody listens on 10250, the kubelet's port" },
    "port.kubeletHealthz": { type: "boolean", says: "whether anybody listens on 10248, the kubelet's health port" },
    "port.10250Owner": { type: "string", says: "the process that listens on 10250" },
    "port.10248Owner": { type: "string", says: "the process that listens on 10248" },
  },
  derive: (known) => {
    const rows = known.get("port.rows");
    if (!Array.isArray(rows)) return {};
    return {
      ...ofPort(rows as readonly Row[], 10250, "port.kubelet"),
      ...ofPort(rows as readonly Row[], 10248, "port.kubeletHealthz"),
    };
  },
};

/** A port that is taken by a process we may not see has no owner. */
function ofPort(rows: readonly Row[], port: number, name: string): Readonly<Record<string, Reading | boolean | null>> {
  const listeners = rows.filter((row) => row.port === port);
  const owner = listeners.find(({ process }) => process !== null);
  const line = `${owner?.process ?? "?"} listens on ${owner?.address ?? ""}:${port}`;
  return {
    [name]: listeners.length > 0,
    [`port.${port}Owner`]: owner === undefined ? null : { value: String(owner.process), line },
  };
}
