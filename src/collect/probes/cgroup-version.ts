import { linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const versions: ReadonlyMap<string, number> = new Map([
  ["cgroup2fs", 2],
  ["cgroup2", 2],
  ["0x63677270", 2],
  ["tmpfs", 1],
]);

/** Which cgroup hierarchy the host runs; a tmpfs there holds the v1 hierarchies. */
export const cgroupVersion = defineProbe({
  id: "cgroup-version",
  asks: "Which cgroup version does the host run?",
  provides: { "cgroup.version": { type: "number", says: "1 or 2, by the file system on /sys/fs/cgroup" } },
  via: { source: "ssh", argv: ["stat", "-f", "-c", "%T", "/sys/fs/cgroup"] },
  limits: { timeoutMs: 1_000, maxBytes: 1024 },
  recognises: (words) =>
    words[0] === "stat" &&
    words.some((word) => /^\/sys\/fs\/cgroup\/?$/.test(word)) &&
    words.some((word) => /^-\w*f/.test(word)),
  read: (answer) => {
    const line = linesOf(answer).find((one) => versions.has(one.trim()));
    const version = line === undefined ? undefined : versions.get(line.trim());
    return version === undefined ? {} : { facts: { "cgroup.version": shown(version, line) } };
  },
});
