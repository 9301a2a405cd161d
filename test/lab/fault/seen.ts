import { setTimeout as sleep } from "node:timers/promises";
import { type Api, conditionsOf } from "../cluster/api.ts";
import type { See } from "../fault-schema.ts";
import { until } from "../host/wait.ts";

/** Waits until the API says of the node what it must, and for as long as it must stay so; seconds it took, or null. */
export async function seen(api: Api, node: string, wanted: See): Promise<number | null> {
  const began = performance.now();
  const shown = await until(wanted.within, async () => {
    if (!(await shows(api, node, wanted))) return false;
    await sleep(wanted.settle * 1000);
    return shows(api, node, wanted);
  });
  return shown === null ? null : (performance.now() - began) / 1000;
}

/** While the API server is the fault, it shows nothing; what it showed last counts for nobody. */
async function shows(api: Api, node: string, { condition, status, reason }: See): Promise<boolean> {
  try {
    const conditions = await conditionsOf(api, node);
    if (conditions === null) return status === "Missing";
    const found = conditions.find(({ type }) => type === condition);
    return found?.status === status && (reason === undefined || found.reason === reason);
  } catch {
    return false;
  }
}

/** Waits until the node is Ready and under no pressure; seconds it took, or null. */
export async function well(api: Api, node: string, seconds: number): Promise<number | null> {
  const began = performance.now();
  const is = await until(seconds, async () => {
    const conditions = await conditionsOf(api, node).catch(() => null);
    return (
      conditions?.length && conditions.every(({ type, status }) => status === (type === "Ready" ? "True" : "False"))
    );
  });
  return is === null ? null : (performance.now() - began) / 1000;
}
