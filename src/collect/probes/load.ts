import { askedWords, linesOf } from "../parse/answer.ts";
import { grepAll, grepped } from "../parse/grep.ts";
import { decimal, facts, integer, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const loadavg = /^(?:\/proc\/loadavg:)?(\d{1,6}\.\d\d) \d{1,6}\.\d\d \d{1,6}\.\d\d \d{1,9}\/\d{1,9} \d{1,10}$/;
const uptime = /load average: (\d{1,6}[.,]\d\d)/;

/** How many tasks want to run, and on how many CPUs. */
export const load = defineProbe({
  id: "load",
  asks: "How loaded is the node?",
  provides: {
    "load.one": { type: "number", says: "the load average of the last minute" },
    "cpu.count": { type: "number", says: "CPUs that are online" },
  },
  via: { source: "ssh", argv: grepAll(["/proc/loadavg", "/sys/devices/system/cpu/online"]) },
  limits: { timeoutMs: 1_000, maxBytes: 4 * 1024 },
  recognises: (words) =>
    words.includes("/proc/loadavg") || words[0] === "uptime" || words[0] === "w" || words[0] === "nproc",
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const files = grepped(lines, asked);
    const line = lines.find((one) => loadavg.test(one)) ?? lines.find((one) => uptime.test(one));
    const one = loadavg.exec(line ?? "")?.[1] ?? uptime.exec(line ?? "")?.[1]?.replace(",", ".");
    const number = decimal(one);
    const cpus =
      cpuCount(files.get("/sys/devices/system/cpu/online")?.[0]) ??
      (asked[0] === "nproc" ? integer(lines[0]?.trim()) : undefined);
    return { facts: facts({ "load.one": number === undefined ? undefined : shown(number, line), "cpu.count": cpus }) };
  },
});

/** `0-1`, `0-3,8-11`. */
function cpuCount(list: string | undefined): number | undefined {
  if (list === undefined || !/^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?){0,500}$/.test(list)) return undefined;
  return list.split(",").reduce((sum, range) => {
    const [first, last] = range.split("-").map(Number);
    return sum + ((last ?? first ?? 0) - (first ?? 0)) + 1;
  }, 0);
}
