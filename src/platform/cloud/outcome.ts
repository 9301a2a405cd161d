import { type Answer, absent, type Unavailable, unavailable, value } from "../../evidence/evidence.ts";
import { printable } from "../../shared/printable.ts";
import type { Result } from "../../shared/result.ts";
import type { Response } from "./http.ts";

/** What must be granted so that this question is answered next time. */
export interface Grants {
  readonly rights: string;
  readonly credential: string;
}

/** A response as an answer: the body as it came, or why there is none. */
export function answerOf(outcome: Result<Response, Unavailable>, grants: Grants): Answer {
  if (!outcome.ok) return outcome.problem;
  return refusalOf(outcome.value, grants) ?? value(outcome.value.text, { truncated: outcome.value.cut });
}

/** null: it is no refusal. */
export function refusalOf({ status, text }: Response, { rights, credential }: Grants): Answer | null {
  if (status >= 200 && status < 300) return null;
  const said = `${status}: ${firstWords(text)}`;
  if (status === 404) return absent(said);
  if (status === 401) return unavailable("unauthenticated", said, credential);
  if (status === 403) return unavailable("forbidden", said, rights);
  if (status === 408 || status === 504) return unavailable("timed-out", said);
  if (status === 429 || status >= 500) return unavailable("refused", said);
  return unavailable("unreadable", said);
}

/** The message of a JSON or XML error, or how the text begins. */
function firstWords(text: string): string {
  const head = text.slice(0, 4_000);
  const message = /"message"\s*:\s*"([^"]{1,400})/.exec(head)?.[1] ?? /<Message>([^<]{1,400})/.exec(head)?.[1];
  return printable(message ?? head.trim().split("\n", 1)[0]?.slice(0, 300) ?? "") || "no message";
}
