import { ok } from "../../shared/result.ts";
import { defineAction, restartArgv, restartPrivileges, restartTimeoutMs, unitIn } from "../action.ts";
import { kubeletUnits } from "../units.ts";

export const restartKubelet = defineAction({
  id: "restart-kubelet",
  title: "Restart the kubelet",
  says: "Restart the kubelet",
  risk: "low",
  riskSays: "Containers keep running; their probes and status stand still until the kubelet is back.",
  ifItFails: "The node stays as it is now. Nothing is tried again by itself.",
  plan: (facts) => {
    const unit = unitIn(facts, "kubelet.unit.name", kubeletUnits);
    if (!unit.ok) return unit;
    return ok([
      {
        id: "restart-kubelet",
        says: `Restart ${unit.value}`,
        argv: restartArgv(unit.value),
        sudo: true,
        timeoutMs: restartTimeoutMs,
        restarts: unit.value,
        unlessWellWithinMs: null,
      },
    ]);
  },
  verify: ["ready", "held", "heartbeat", "healthz", "happened", "same-boot", "diagnosis"],
  privileges: restartPrivileges(kubeletUnits),
});
