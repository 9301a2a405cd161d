import { linesOf } from "../parse/answer.ts";
import { decimal, facts, shown } from "../parse/reading.ts";
import { epochStamp } from "../parse/stamp.ts";
import { defineProbe } from "../probe.ts";

/** Which boot this is, and since when. */
export const boot = defineProbe({
  id: "boot",
  asks: "When was the node booted?",
  provides: {
    "boot.id": { type: "string", says: "the running kernel's boot id" },
    "boot.at": { type: "time", says: "when the kernel was booted" },
    "boot.uptimeSeconds": { type: "number", says: "how long the kernel has been up", unit: "s" },
  },
  via: {
    source: "ssh",
    argv: [
      "grep",
      "-HE",
      "^btime |^[0-9a-f]{8}-|^[0-9.]+ [0-9.]+$",
      "/proc/stat",
      "/proc/sys/kernel/random/boot_id",
      "/proc/uptime",
    ],
  },
  limits: { timeoutMs: 1_000, maxBytes: 4 * 1024 },
  recognises: (words) =>
    words[0] === "uptime" || words.some((word) => /^\/proc\/(uptime|sys\/kernel\/random\/boot_id)$/.test(word)),
  read: (answer) => {
    const lines = linesOf(answer);
    const part = (pattern: RegExp) => lines.map((line) => pattern.exec(line)).find((found) => found !== null);
    const at = part(/^(?:\/proc\/stat:)?btime (\d{1,11})$/);
    const booted = epochStamp(at?.[1]);
    const id = part(/^(?:\/proc\/\S+boot_id:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/);
    const up = part(/^(?:\/proc\/uptime:)?(\d{1,12}\.\d\d) \d{1,15}\.\d\d$/);
    const seconds = decimal(up?.[1]) ?? uptimeSeconds(lines);
    return {
      facts: facts({
        "boot.id": id?.[1],
        "boot.at": booted === undefined ? undefined : shown(booted, at?.[0], booted),
        "boot.uptimeSeconds": seconds === undefined ? undefined : shown(Math.round(seconds), up?.[0]),
      }),
    };
  },
});

/** ` 02:12:12 up 57 min,`, `up 3:07,`, `up 12 days,  4:33,` as uptime(1) says it. */
function uptimeSeconds(lines: readonly string[]): number | undefined {
  const said = lines
    .map((line) => /^ ?\d\d:\d\d:\d\d up +(.{1,40}?), +\d+ users?/.exec(line)?.[1])
    .find((found) => found !== undefined);
  if (said === undefined) return undefined;
  const days = /(\d{1,5}) days?/.exec(said)?.[1] ?? "0";
  const [, hours = "0", minutes = "0"] = /(\d{1,2}):(\d\d)/.exec(said) ?? [];
  const minutesOnly = /(\d{1,2}) min/.exec(said)?.[1] ?? "0";
  return Number(days) * 86_400 + Number(hours) * 3_600 + (Number(minutes) + Number(minutesOnly)) * 60;
}
