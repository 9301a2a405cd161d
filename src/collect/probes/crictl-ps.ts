import { askedWords, isWhole, linesOf } from "../parse/answer.ts";
import { answered, answerSpecs, answersOf, crictl, crictlAfter, isCrictl } from "../parse/crictl.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** The containers the runtime knows, and how many of them have ended. */
export const crictlPs = defineProbe({
  id: "crictl-ps",
  asks: "Which containers does the runtime have?",
  provides: {
    ...answerSpecs,
    "cri.containers": { type: "number", says: "containers the runtime has, in any state" },
    "cri.exited": { type: "number", says: "containers that have exited" },
  },
  after: crictlAfter,
  via: { source: "ssh", argv: crictl("ps", "-a"), sudo: true },
  limits: { timeoutMs: 8_000, maxBytes: 512 * 1024 },
  recognises: whole((words) => isCrictl(words, "ps")),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const head = lines.findIndex((line) => /^CONTAINER(?: ID)?\s+IMAGE\s+CREATED\s+STATE/.test(line));
    if (head < 0) return { facts: answersOf(answer) };
    const rows = lines.slice(head + 1).filter((line) => /^[0-9a-f]{8,64}\s/.test(line));
    const exited = rows.filter((line) => /\sExited\s/.test(line)).length;
    const all = isWhole(answer) && asked.some((word) => /^(-a|--all)$/.test(word));
    return { facts: answered(answer, all ? { "cri.containers": rows.length, "cri.exited": exited } : {}, lines[head]) };
  },
});
