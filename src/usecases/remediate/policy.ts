import type { Config } from "../../config/schema.ts";
import { restartTimeoutMs } from "../../remediate/action.ts";
import { milliseconds } from "../../shared/duration.ts";
import type { FixPolicy } from "./ports.ts";

const spareMs = 60_000;

/** What the config says of fixes. A lease outlives the longest thing that is done between two renewals by a minute. */
export function policyOf({ remediation, deadline }: Pick<Config, "remediation" | "deadline">): FixPolicy {
  const { mode, expiry, readyWithin, hold, cooldown, limits } = remediation;
  return {
    mode,
    expiryMs: milliseconds(expiry),
    readyWithinMs: milliseconds(readyWithin),
    holdMs: milliseconds(hold),
    leaseMs: Math.max(restartTimeoutMs, milliseconds(deadline)) + spareMs,
    limits: { ...limits, cooldownMs: milliseconds(cooldown) },
  };
}
