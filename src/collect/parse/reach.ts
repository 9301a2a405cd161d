import type { Answer } from "../../evidence/evidence.ts";
import { isHung, linesOf, statusOf } from "./answer.ts";
import { connectFailure, curlAnswers } from "./curl.ts";
import { type Facts, shown } from "./reading.ts";

export const reachValues = ["open", "refused", "timed-out", "no-route"] as const;

/** The word with which a connection from here answers. */
export function connectionFacts(name: string, answer: Answer): Facts | undefined {
  if (isHung(answer)) return { [name]: "timed-out" };
  const word = linesOf(answer)
    .find((line) => (reachValues as readonly string[]).includes(line.trim()))
    ?.trim();
  return word === undefined ? undefined : { [name]: word };
}

/** curl to a port, as somebody typed it: any HTTP answer means open. */
export function curlReach(name: string, answer: Answer): Facts {
  const own = curlAnswers(linesOf(answer)).at(-1);
  if (own === undefined) return {};
  if (own.status !== null || (own.error === "" && own.body !== "")) return { [name]: shown("open", own.line) };
  const failure = connectFailure(own.error);
  if (failure === "tls") return { [name]: shown("open", own.line) };
  return (reachValues as readonly string[]).includes(failure) ? { [name]: shown(failure, own.line) } : {};
}

/** ssh or a bare connection to port 22: what sshd or the network said. */
export function sshReach(name: string, answer: Answer): Facts {
  const lines = linesOf(answer);
  const hello = lines.find((line) => /^SSH-2\.0-|Permission denied \(|Host key verification failed/.test(line));
  if (hello !== undefined) return { [name]: shown("open", hello) };
  const trouble = lines.find((line) =>
    /connect to host|connect: |Connection (refused|timed out|closed)|No route to host/i.test(line),
  );
  const failure = trouble === undefined ? "other" : connectFailure(trouble);
  if (trouble !== undefined && (reachValues as readonly string[]).includes(failure))
    return { [name]: shown(failure, trouble) };
  if (statusOf(answer) === 124) return { [name]: "timed-out" };
  return {};
}
