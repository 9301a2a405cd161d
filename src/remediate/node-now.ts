import { z } from "zod";
import type { Facts } from "./facts.ts";

/** The few facts by which a node is watched before, between and after the steps. Stamps are the node's own. */

const text = z.string().max(1_000).nullable();

export const unitNowSchema = z.strictObject({
  unit: z.string().max(200),
  active: text,
  /** When its main process was started, by the node's clock; whole seconds. */
  startedAt: text,
  pid: z.number().nullable(),
});
export type UnitNow = Readonly<z.infer<typeof unitNowSchema>>;

export const nodeNowSchema = z.strictObject({
  at: z.iso.datetime(),
  /** The Ready condition; null: not known. */
  ready: text,
  readyMessage: text,
  /** What 10248 answers; null: could not be asked. */
  healthz: text,
  bootId: text,
  /** When the kubelet last renewed the node's lease. */
  heartbeat: text,
  units: z.array(unitNowSchema.readonly()).max(4).readonly(),
});
export type NodeNow = Readonly<z.infer<typeof nodeNowSchema>>;

/** The probes that answer these. */
export const nodeNowProbes = ["node-object", "node-lease", "boot", "kubelet-healthz", "unit-kubelet", "unit-runtime"];

export function nodeNow(facts: Facts, at: string): NodeNow {
  return {
    at,
    ready: string(facts, "node.ready"),
    readyMessage: string(facts, "node.readyMessage"),
    healthz: string(facts, "kubelet.healthz"),
    bootId: bootIdIn(facts),
    heartbeat: string(facts, "lease.renewTime"),
    units: [unitNow(facts, "runtime.unit"), unitNow(facts, "kubelet.unit")].flatMap((unit) => unit ?? []),
  };
}

/** The running kernel's word; where the node could not be asked, what its kubelet last said. */
export function bootIdIn(facts: Facts): string | null {
  return string(facts, "boot.id") ?? string(facts, "node.bootID");
}

function unitNow(facts: Facts, prefix: string): UnitNow | null {
  const unit = string(facts, `${prefix}.name`);
  if (unit === null) return null;
  const pid = facts.get(`${prefix}.pid`);
  return {
    unit: unit.slice(0, 200),
    active: string(facts, `${prefix}.active`),
    startedAt: string(facts, `${prefix}.startedAt`),
    pid: typeof pid === "number" ? pid : null,
  };
}

function string(facts: Facts, name: string): string | null {
  const value = facts.get(name);
  return typeof value === "string" ? value.slice(0, 1_000) : null;
}

/** Ready, and the kubelet calls itself healthy: it came back. */
export function isWell({ ready, healthz }: NodeNow): boolean {
  return ready === "True" && healthz === "ok";
}
