import { failed, ok, type Result } from "../shared/result.ts";
import type { Facts } from "./facts.ts";
import { controlPlaneUnits } from "./units.ts";
import type { CheckId } from "./verify.ts";

/** One command for a node. It is data: whoever holds a plan cannot run it. */
export interface Step {
  /** Unique within the plan. */
  readonly id: string;
  readonly says: string;
  readonly argv: readonly string[];
  /** Needs root: run through `sudo -n` where the acting user is not root. */
  readonly sudo: boolean;
  readonly timeoutMs: number;
  /** The systemd unit whose new start proves that the step happened. */
  readonly restarts: string;
  /** Skipped where the node is well again by itself within this time after the step before; null: always run. */
  readonly unlessWellWithinMs: number | null;
}

export interface Action {
  readonly id: string;
  /** At most 24 characters: Slack's limit for the title of a dialog. */
  readonly title: string;
  readonly says: string;
  readonly risk: "low" | "medium" | "high";
  /** What the risk is, for the one who confirms. */
  readonly riskSays: string;
  readonly ifItFails: string;
  /** The steps for this node, or why there can be none. */
  readonly plan: (facts: Facts) => Result<readonly Step[], string>;
  /** What has to hold before the action counts as a success. */
  readonly verify: readonly CheckId[];
  /** Every command it may run as root: what the acting user's sudoers must allow. */
  readonly privileges: readonly Privilege[];
  /** What it writes through the API server, as rules of a role; left out: nothing. */
  readonly api?: readonly ApiRule[];
}

export interface ApiRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

export interface Privilege {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
}

export function defineAction(action: Action): Action {
  return action;
}

/** systemd itself gives a unit 90 s to stop before it kills it (DefaultTimeoutStopSec). */
export const restartTimeoutMs = 100_000;

export function restartArgv(unit: string): readonly string[] {
  return ["systemctl", "restart", unit];
}

export function restartPrivileges(units: readonly string[]): readonly Privilege[] {
  return units.map((unit) => ({ argv: restartArgv(unit), timeoutMs: restartTimeoutMs }));
}

/** The unit that a fact names, if it is one we may restart. */
export function unitIn(facts: Facts, fact: string, allowed: readonly string[]): Result<string, string> {
  const unit = facts.get(fact);
  if (typeof unit !== "string") return failed(`${fact} is not known: systemd on the node could not be asked`);
  if (allowed.includes(unit)) return ok(unit);
  if (controlPlaneUnits.includes(unit)) {
    return failed(`${unit} also runs the API server; restart it by hand, one control-plane node at a time`);
  }
  return failed(`${JSON.stringify(unit.slice(0, 80))} is not a unit this action may restart`);
}
