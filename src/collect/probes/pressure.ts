import { askedWords, linesOf } from "../parse/answer.ts";
import { grepAll, grepped } from "../parse/grep.ts";
import { decimal, facts, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/** Pressure stall information: the share of the last minute in which some or all tasks waited. */
export const pressure = defineProbe({
  id: "pressure",
  asks: "Do tasks wait for CPU, memory or disk?",
  provides: {
    "psi.cpuSome60": { type: "number", says: "share of the last minute in which a task waited for CPU", unit: "%" },
    "psi.memorySome60": {
      type: "number",
      says: "share of the last minute in which a task waited for memory",
      unit: "%",
    },
    "psi.memoryFull60": {
      type: "number",
      says: "share of the last minute in which all tasks waited for memory",
      unit: "%",
    },
    "psi.ioSome60": { type: "number", says: "share of the last minute in which a task waited for I/O", unit: "%" },
    "psi.ioFull60": { type: "number", says: "share of the last minute in which all tasks waited for I/O", unit: "%" },
  },
  via: { source: "ssh", argv: grepAll(["/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io"]) },
  limits: { timeoutMs: 1_000, maxBytes: 16 * 1024 },
  recognises: (words) => words.some((word) => word.startsWith("/proc/pressure")),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const files = grepped(linesOf(answer), asked);
    const share = (what: string, kind: string) => {
      const line = files.get(`/proc/pressure/${what}`)?.find((one) => one.startsWith(`${kind} `));
      const found = decimal(/ avg60=([\d.]{1,10})/.exec(line ?? "")?.[1]);
      return found === undefined ? undefined : shown(found, `/proc/pressure/${what}: ${line}`);
    };
    return {
      facts: facts({
        "psi.cpuSome60": share("cpu", "some"),
        "psi.memorySome60": share("memory", "some"),
        "psi.memoryFull60": share("memory", "full"),
        "psi.ioSome60": share("io", "some"),
        "psi.ioFull60": share("io", "full"),
      }),
    };
  },
});
