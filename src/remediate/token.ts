import { createHash, timingSafeEqual } from "node:crypto";
import type { Step } from "./action.ts";

/** What a token is good for, and for nothing else. */
export interface Bound {
  readonly id: string;
  readonly cluster: string;
  readonly node: string;
  readonly cause: string;
  readonly bootId: string;
  readonly planHash: string;
}

/** The same steps in the same order give the same hash, whatever order their fields have. */
export function planHashOf(action: string, steps: readonly Step[]): string {
  const parts = steps.map((step) => [
    step.id,
    step.says,
    step.argv,
    step.sudo,
    step.timeoutMs,
    step.restarts,
    step.unlessWellWithinMs,
  ]);
  return sha256(JSON.stringify([action, parts]));
}

/** What is kept of a token: a hash over it and all that it is bound to. Whoever reads the store cannot confirm with it. */
export function sealOf(token: string, bound: Bound): string {
  const { id, cluster, node, cause, bootId, planHash } = bound;
  return sha256(JSON.stringify([token, id, cluster, node, cause, bootId, planHash]));
}

export function fits(token: string, bound: Bound, seal: string): boolean {
  const [own, kept] = [Buffer.from(sealOf(token, bound)), Buffer.from(seal)];
  return own.length === kept.length && timingSafeEqual(own, kept);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
