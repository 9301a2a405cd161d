import { z } from "zod";
import { messageOf } from "../../../shared/errors.ts";
import type { Trouble } from "./channel.ts";

/** Slack's own words for these: part of what was asked may have happened before the error. */
const halfDone = new Set(["internal_error", "fatal_error", "service_unavailable", "request_timeout"]);

const platformError = z.object({
  code: z.literal("slack_webapi_platform_error"),
  data: z.looseObject({ error: z.string() }),
});
const rateLimited = z.object({ code: z.literal("slack_webapi_rate_limited_error"), retryAfter: z.number() });

/** What a failed call to Slack means for whether it happened. */
export function kindOf(thrown: unknown): Trouble {
  const limited = rateLimited.safeParse(thrown);
  if (limited.success)
    return { kind: "refused", why: "Slack limits the rate", waitSeconds: Math.max(1, limited.data.retryAfter) };
  const said = platformError.safeParse(thrown);
  if (!said.success) return { kind: "unknown", why: messageOf(thrown) };
  const { error } = said.data.data;
  return halfDone.has(error) ? { kind: "unknown", why: error } : { kind: "refused", why: error, waitSeconds: null };
}
