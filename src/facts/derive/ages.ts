import type { Derivation } from "../reader.ts";

/** How old the two heartbeats are: the lease (every 10 s by default) and the node status (every 5 min or on change). */
export const ages: Derivation = {
  id: "ages",
  needs: ["time.now", "lease.renewTime", "node.heartbeat"],
  provides: {
    "lease.ageSeconds": { type: "number", unit: "s", says: "Since when the kubelet has not renewed its lease." },
    "node.heartbeatAgeSeconds": { type: "number", unit: "s", says: "How old the Ready condition's last heartbeat is." },
  },
  derive: (known, { at }) => {
    const facts: Record<string, number> = {};
    const age = (name: string): number | null => {
      const stamp = Date.parse(String(known.get(name) ?? ""));
      return at !== null && Number.isFinite(stamp) ? Math.round((Date.parse(at) - stamp) / 1000) : null;
    };
    const lease = age("lease.renewTime");
    const heartbeat = age("node.heartbeat");
    if (lease !== null) facts["lease.ageSeconds"] = lease;
    if (heartbeat !== null) facts["node.heartbeatAgeSeconds"] = heartbeat;
    return facts;
  },
};
