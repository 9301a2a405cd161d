import type { Derivation } from "../reader.ts";

/** The load average means little without the number of CPUs. */
export const loadPerCpu: Derivation = {
  id: "load-per-cpu",
  needs: ["load.one", "cpu.count"],
  provides: { "load.perCpu": { type: "number", says: "tasks that want to run, per CPU" } },
  derive: (known) => {
    const load = known.get("load.one");
    const cpus = known.get("cpu.count");
    if (typeof load !== "number" || typeof cpus !== "number" || cpus === 0) return {};
    return { "load.perCpu": Math.round((load / cpus) * 100) / 100 };
  },
};
