import { z } from "zod";
import type { Report } from "../report/report.ts";
import type { NodeNow, UnitNow } from "./node-now.ts";

/** What has to hold before an action counts as a success. Not shown is not verified. */
export const checkIds = ["ready", "held", "heartbeat", "healthz", "happened", "same-boot", "diagnosis"] as const;
export type CheckId = (typeof checkIds)[number];

export const checkSchema = z.strictObject({ id: z.enum(checkIds), holds: z.boolean(), says: z.string().max(1_000) });
export type Check = Readonly<z.infer<typeof checkSchema>>;

export interface Proof {
  readonly cause: string;
  /** Units whose restart was run or at least begun. */
  readonly restarted: readonly string[];
  readonly before: NodeNow;
  readonly after: NodeNow;
  /** How long Ready was True without a break, and how long it has to be. Milliseconds. */
  readonly heldMs: number;
  readonly holdMs: number;
  /** The new diagnosis; null: it could not be made. */
  readonly report: Pick<Report, "verdict" | "roots" | "status"> | null;
}

const checks: Readonly<Record<CheckId, (proof: Proof) => Omit<Check, "id">>> = {
  ready: ({ after }) => ({
    holds: after.ready === "True",
    says: `the node's Ready condition is ${shown(after.ready)}`,
  }),
  held: ({ heldMs, holdMs }) => ({
    holds: heldMs >= holdMs,
    says: `Ready was held for ${Math.floor(heldMs / 1000)} s of ${Math.ceil(holdMs / 1000)} s`,
  }),
  heartbeat: ({ before, after }) => ({
    holds: after.heartbeat !== null && (before.heartbeat === null || after.heartbeat > before.heartbeat),
    says: `the kubelet renewed its lease at ${shown(after.heartbeat)}; the last time before the action was ${shown(before.heartbeat)}`,
  }),
  healthz: ({ after }) => ({
    holds: after.healthz === "ok",
    says: `http://127.0.0.1:10248/healthz on the node: ${shown(after.healthz)}`,
  }),
  happened: ({ restarted, before, after }) => happened(restarted, before, after),
  "same-boot": ({ before, after }) => ({
    holds: after.bootId !== null && after.bootId === before.bootId,
    says: after.bootId === before.bootId ? `same boot (${shown(after.bootId)})` : "the node was booted meanwhile",
  }),
  diagnosis: ({ cause, report }) => ({
    holds: report !== null && !report.roots.includes(cause),
    says: diagnosisSays(cause, report),
  }),
};

export function verified(wanted: readonly CheckId[], proof: Proof): readonly Check[] {
  return wanted.map((id) => ({ id, ...checks[id](proof) }));
}

function happened(restarted: readonly string[], before: NodeNow, after: NodeNow): Omit<Check, "id"> {
  const proved = restarted.map((unit) => ({
    unit,
    holds: startedAnew(find(before, unit), find(after, unit)),
    at: find(after, unit)?.startedAt ?? null,
  }));
  const says = proved.map(
    ({ unit, holds, at }) => `${unit} ${holds ? "was started" : "was NOT started"} anew (${shown(at)})`,
  );
  return { holds: proved.length > 0 && proved.every(({ holds }) => holds), says: says.join("; ") || "nothing was run" };
}

/** By the node's own clock, so that its difference to ours does not matter; stamps are whole seconds, so the process id counts too. */
function startedAnew(before: UnitNow | undefined, after: UnitNow | undefined): boolean {
  if (after?.startedAt == null || after.pid === null || after.active !== "active") return false;
  if (before?.startedAt == null) return true;
  return after.startedAt > before.startedAt || (after.startedAt === before.startedAt && after.pid !== before.pid);
}

const find = ({ units }: NodeNow, name: string): UnitNow | undefined => units.find(({ unit }) => unit === name);
const shown = (value: string | null): string => value ?? "not known";

function diagnosisSays(cause: string, report: Proof["report"]): string {
  if (report === null) return "the node could not be diagnosed again";
  if (report.roots.includes(cause)) return `${cause} is still named (${report.verdict})`;
  if (report.verdict === "none") return "the new diagnosis finds nothing wrong";
  const others = report.roots.join(", ");
  return others === ""
    ? `${cause} is no longer named; the new diagnosis names no cause (${report.verdict})`
    : `${cause} is fixed; now ${others} stands in the way (${report.verdict})`;
}
