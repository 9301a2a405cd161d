import { isHung, linesOf, toolMissing } from "../parse/answer.ts";
import { type CurlAnswer, connectFailure, curlAnswers, curlWrites } from "../parse/curl.ts";
import { type Facts, facts, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/** The kubelet's own word on its health, on 10248 from the node itself: 10250 answers 401 to strangers. */
export const kubeletHealthz = defineProbe({
  id: "kubelet-healthz",
  asks: "Does the kubelet call itself healthy?",
  provides: {
    "kubelet.healthz": {
      type: "string",
      says: "the answer of the kubelet's health check",
      values: ["ok", "refused", "hung", "other"],
    },
    "kubelet.healthzMessage": { type: "string", says: "what the health check answered when it was not ok" },
  },
  via: {
    source: "ssh",
    argv: ["curl", "-sS", "--noproxy", "*", "-m", "4", "-w", curlWrites, "http://127.0.0.1:10248/healthz"],
  },
  limits: { timeoutMs: 5_000, maxBytes: 16 * 1024 },
  recognises: (words) => /^(curl|wget)$/.test(words[0] ?? "") && words.some((word) => /:10248(\/healthz)?/.test(word)),
  read: (answer) => {
    if (isHung(answer)) return { facts: { "kubelet.healthz": "hung" } };
    const lines = linesOf(answer);
    const answers = curlAnswers(lines);
    // 401 and 403 come from 10250, which people ask in the same breath.
    const own =
      answers.findLast(({ error }) => error.includes("10248")) ??
      answers.findLast(({ status }) => status !== 401 && status !== 403);
    return own === undefined || toolMissing(lines) ? {} : { facts: factsOf(own) };
  },
});

function factsOf(own: CurlAnswer): Facts {
  const state = stateOf(own);
  const message = own.error || own.body.slice(0, 2_000);
  return facts({
    "kubelet.healthz": shown(state, state === "ok" ? own.body : message.split("\n", 1)[0]),
    "kubelet.healthzMessage": state === "ok" ? null : shown(message, message.split("\n", 1)[0]),
  });
}

function stateOf({ status, body, error }: CurlAnswer): string {
  if (body === "ok" && (status === 200 || status === null)) return "ok";
  if (error === "") return "other";
  const failure = connectFailure(error);
  return failure === "timed-out" ? "hung" : failure === "refused" ? "refused" : "other";
}
