/** Fixes that were verified, and whether they held. */
import type { FixNotHeld } from "../report/digest.ts";
import type { Seen } from "./seen.ts";

/** One fix that was verified. */
export interface Fix {
  readonly cluster: string;
  readonly node: string;
  readonly cause: string;
  readonly action: string;
  /** When it was verified, ISO 8601 UTC. */
  readonly at: string;
}

/** What the digest needs of remediation's memory. May reject as the store does. */
export interface FixHistory {
  /** Verified at `from` or later and before `to`, oldest first. */
  readonly verifiedBetween: (from: Date, to: Date) => Promise<readonly Fix[]>;
}

/** A fix that lasts a day counts as one. */
export const mustHoldMs = 24 * 60 * 60 * 1000;

/** Those whose cause came back in this time, by when it did. */
export function fixesNotHeld(
  fixes: readonly Fix[],
  seen: readonly Seen[],
  { from, to }: { readonly from: Date; readonly to: Date },
): readonly FixNotHeld[] {
  return fixes
    .flatMap((fix) => {
      const back = cameBack(fix, seen);
      return back !== undefined && back >= from.getTime() && back < to.getTime() ? [{ fix, back }] : [];
    })
    .toSorted((one, other) => one.back - other.back)
    .map(({ fix: { cluster, node, cause, action, at }, back }) => ({
      cluster,
      node,
      cause,
      action,
      at,
      heldMinutes: Math.round((back - Date.parse(at)) / 60_000),
    }));
}

/** When the cause was first seen on the node again, within a day of the fix. */
function cameBack(fix: Fix, seen: readonly Seen[]): number | undefined {
  const fixed = Date.parse(fix.at);
  const again = seen
    .filter(({ cluster, node }) => cluster === fix.cluster && node === fix.node)
    .flatMap((one) => sightings(one, fix.cause, fixed))
    .filter((at) => at < fixed + mustHoldMs);
  return again.length === 0 ? undefined : Math.min(...again);
}

/** An incident of its own began when the node went; within an older one only the reports tell. */
function sightings(one: Seen, cause: string, fixed: number): readonly number[] {
  const reports = one.reports.filter(({ at, roots }) => at > fixed && roots.includes(cause)).map(({ at }) => at);
  if (reports.length === 0 || one.openedAt <= fixed) return reports;
  return [Math.min(...reports, Math.max(one.since, fixed))];
}
