import { isHung, linesOf, toolMissing } from "../parse/answer.ts";
import { type CurlAnswer, connectFailure, curlAnswers, curlWrites } from "../parse/curl.ts";
import { type Facts, facts, shown } from "../parse/reading.ts";
import { defineProbe, type Known } from "../probe.ts";

/** Whether the API server answers this node, at the address the kubelet uses. Any HTTP answer means it is reached. */
export const apiFromNode = defineProbe({
  id: "api-from-node",
  asks: "Does the API server answer this node?",
  provides: {
    "api.fromNode": {
      type: "string",
      says: "how the API server's address answers the node",
      values: ["ok", "refused", "timed-out", "dns", "tls", "no-route", "other"],
    },
    "api.fromNodeMessage": { type: "string", says: "what was said when it did not answer" },
    "api.fromNodeStatus": { type: "number", says: "the HTTP status it answered with" },
    "api.fromNodeMs": { type: "number", says: "how long the answer took", unit: "ms" },
  },
  after: ["kubeconfig.server"],
  via: { source: "ssh", argv: ask },
  limits: { timeoutMs: 5_000, maxBytes: 16 * 1024 },
  recognises: (words) =>
    /^(curl|wget)$/.test(words[0] ?? "") &&
    words.some(
      (word) => /^["']?https:\/\/[^/]+\/(healthz|livez|readyz|version)\b/.test(word) && !/:1025\d\//.test(word),
    ),
  read: (answer) => {
    if (isHung(answer)) return { facts: { "api.fromNode": "timed-out" } };
    const lines = linesOf(answer);
    const own = curlAnswers(lines).at(-1);
    return own === undefined || toolMissing(lines) ? {} : { facts: factsOf(own) };
  },
});

/** The certificate is not checked: that is the kubelet's own affair and shows in its log. */
function ask(known: Known): readonly string[] | null {
  const server = known.get("kubeconfig.server");
  if (typeof server !== "string" || !/^https:\/\/[A-Za-z0-9.:[\]-]{1,255}(\/[\w./-]{0,200})?$/.test(server))
    return null;
  return ["curl", "-sSk", "-m", "4", "-w", curlWrites, `${server.replace(/\/$/, "")}/livez`];
}

function factsOf(own: CurlAnswer): Facts {
  const reached = own.status !== null || (own.error === "" && /^(ok|\{)/.test(own.body));
  const took = own.seconds === undefined ? undefined : Math.round(own.seconds * 1000);
  if (reached) {
    return facts({
      "api.fromNode": shown("ok", own.line),
      "api.fromNodeStatus": own.status ?? undefined,
      "api.fromNodeMs": took,
      "api.fromNodeMessage": null,
    });
  }
  if (own.error === "") return {};
  return facts({
    "api.fromNode": shown(connectFailure(own.error), own.line),
    "api.fromNodeMessage": shown(own.error, own.line),
    "api.fromNodeMs": took,
  });
}
