import { isWhole, linesOf } from "../parse/answer.ts";
import { answered, answerSpecs, answersOf, crictl, crictlAfter, isCrictl } from "../parse/crictl.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** The pod sandboxes the runtime knows. */
export const crictlPods = defineProbe({
  id: "crictl-pods",
  asks: "Which pod sandboxes does the runtime have?",
  provides: { ...answerSpecs, "cri.pods": { type: "number", says: "pod sandboxes the runtime has, in any state" } },
  after: crictlAfter,
  via: { source: "ssh", argv: crictl("pods"), sudo: true },
  limits: { timeoutMs: 8_000, maxBytes: 512 * 1024 },
  recognises: whole((words) => isCrictl(words, "pods")),
  read: (answer) => {
    const lines = linesOf(answer);
    const head = lines.findIndex((line) => /^POD ID\s+CREATED\s+STATE/.test(line));
    if (head < 0) return { facts: answersOf(answer) };
    const rows = lines.slice(head + 1).filter((line) => /^[0-9a-f]{8,64}\s/.test(line));
    return { facts: answered(answer, isWhole(answer) ? { "cri.pods": rows.length } : {}, lines[head]) };
  },
});
