import { ok } from "../../shared/result.ts";
import { defineAction, restartArgv, restartPrivileges, restartTimeoutMs, type Step, unitIn } from "../action.ts";
import { kubeletUnits, runtimeUnits } from "../units.ts";

/** A kubelet that runs notices its runtime within seconds; one that crash-loops is started again by systemd after 10 s. */
const recoveryMs = 60_000;

/** Restarts the container runtime, and the kubelet only if the node did not recover by itself. */
export const restartRuntime = defineAction({
  id: "restart-runtime",
  title: "Restart the runtime",
  says: "Restart the container runtime; the kubelet only if it has not come back by itself after a minute",
  risk: "low",
  riskSays: "Containers keep running under their shims; no container can be started, stopped or probed meanwhile.",
  ifItFails: "The node stays as it is now. Nothing is tried again by itself, and no further step is run.",
  plan: (facts) => {
    const runtime = unitIn(facts, "runtime.unit.name", runtimeUnits);
    if (!runtime.ok) return runtime;
    const first: Step = {
      id: "restart-runtime",
      says: `Restart ${runtime.value}`,
      argv: restartArgv(runtime.value),
      sudo: true,
      timeoutMs: restartTimeoutMs,
      restarts: runtime.value,
      unlessWellWithinMs: null,
    };
    const kubelet = unitIn(facts, "kubelet.unit.name", kubeletUnits);
    // k3s and its kin run both in one unit: it was restarted already. An unknown kubelet unit is left alone.
    if (!kubelet.ok || kubelet.value === runtime.value) return ok([first]);
    const second: Step = {
      id: "restart-kubelet",
      says: `Restart ${kubelet.value}, only if the node is not well again within ${recoveryMs / 1000} s`,
      argv: restartArgv(kubelet.value),
      sudo: true,
      timeoutMs: restartTimeoutMs,
      restarts: kubelet.value,
      unlessWellWithinMs: recoveryMs,
    };
    return ok([first, second]);
  },
  verify: ["ready", "held", "heartbeat", "healthz", "happened", "same-boot", "diagnosis"],
  privileges: restartPrivileges([...new Set<string>([...runtimeUnits, ...kubeletUnits])]),
});
