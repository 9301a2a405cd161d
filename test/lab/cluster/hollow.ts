import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "./api.ts";

/** Node objects without a machine: a fleet around the real nodes, so that one broken node is no outage. */
export const hollowNames: readonly string[] = Array.from(
  { length: 16 },
  (_, index) => `pool-${String(index + 1).padStart(2, "0")}`,
);

const everyMs = 2_500;

/** Keeps the hollow nodes Ready for ever: each has its lease renewed before the controller grows impatient. */
export async function keepHollowNodes(api: Api): Promise<never> {
  for (;;) {
    const began = performance.now();
    // An API server that was stopped by a fault is met again in a moment.
    await Promise.all(hollowNames.map((name) => keep(api, name).catch(() => undefined)));
    await sleep(Math.max(100, everyMs - (performance.now() - began)));
  }
}

const leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

async function keep(api: Api, name: string): Promise<void> {
  const renewTime = new Date().toISOString().replace("Z", "000Z");
  const renewed = await api("PATCH", `${leases}/${name}`, { spec: { renewTime } });
  if (renewed.status === 200) return;
  await api("POST", "/api/v1/nodes", { metadata: { name, labels: { "lab/hollow": "true" } } });
  await api("PATCH", `/api/v1/nodes/${name}/status`, { status: statusOf() });
  const spec = { holderIdentity: name, leaseDurationSeconds: 8, renewTime };
  await api("POST", leases, { metadata: { name }, spec });
}

function statusOf(): object {
  const now = new Date().toISOString().replace(/\.\d+/, "");
  const condition = (type: string, status: string, reason: string): object => ({
    type,
    status,
    reason,
    message: "kept by the lab",
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  });
  return {
    conditions: [
      condition("MemoryPressure", "False", "KubeletHasSufficientMemory"),
      condition("DiskPressure", "False", "KubeletHasNoDiskPressure"),
      condition("PIDPressure", "False", "KubeletHasSufficientPID"),
      condition("Ready", "True", "KubeletReady"),
    ],
    capacity: { cpu: "2", memory: "4Gi", pods: "110" },
    allocatable: { cpu: "2", memory: "4Gi", pods: "110" },
  };
}
