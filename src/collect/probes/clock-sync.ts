import { linesOf } from "../parse/answer.ts";
import { facts, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/** Whether the kernel believes its clock is kept in step. */
export const clockSync = defineProbe({
  id: "clock-sync",
  asks: "Is the node's clock kept in step?",
  provides: {
    "clock.synchronized": { type: "boolean", says: "whether the kernel calls its clock synchronized" },
    "clock.hardwareSkewSeconds": {
      type: "number",
      says: "how far the hardware clock is before the system's; only where it keeps UTC",
      unit: "s",
    },
  },
  via: { source: "ssh", argv: ["env", "LC_ALL=C", "timedatectl", "status"] },
  limits: { timeoutMs: 3_000, maxBytes: 4 * 1024 },
  recognises: (words) => words[0] === "timedatectl",
  read: (answer) => {
    const lines = linesOf(answer);
    const line = lines.find((one) =>
      /^\s*(System clock|NTP) synchronized: (yes|no)$|^NTPSynchronized=(yes|no)$/.test(one),
    );
    const hardware = lines.find((one) => /^\s*RTC time: /.test(one));
    const skew = inUtc(lines)
      ? secondsBetween(stampIn(lines, "Universal time"), stampIn(lines, "RTC time"))
      : undefined;
    return {
      facts: facts({
        "clock.synchronized": line === undefined ? undefined : shown(line.endsWith("yes"), line),
        "clock.hardwareSkewSeconds": skew === undefined ? undefined : shown(skew, hardware),
      }),
    };
  },
});

/** `Universal time: Tue 2019-05-07 03:45:04 UTC`; milliseconds. */
function stampIn(lines: readonly string[], name: string): number | undefined {
  const found = lines
    .map((line) => /^\s*([A-Z][A-Za-z ]{2,20}): [A-Z][a-z]{2} (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/.exec(line))
    .find((match) => match?.[1] === name);
  return found ? Date.parse(`${found[2]}T${found[3]}Z`) : undefined;
}

const inUtc = (lines: readonly string[]): boolean => lines.some((line) => /^\s*RTC in local TZ: no$/.test(line));

function secondsBetween(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.round((to - from) / 1000);
}
