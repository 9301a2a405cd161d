import { linesOf } from "../parse/answer.ts";
import { grepAll } from "../parse/grep.ts";
import { facts, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/** The running kernel and the operating system. */
export const kernelVersion = defineProbe({
  id: "kernel-version",
  asks: "Which kernel and operating system run?",
  provides: {
    "kernel.version": { type: "string", says: "the running kernel's release" },
    "os.name": { type: "string", says: "the operating system's name" },
    architecture: { type: "string", says: "the machine's architecture" },
  },
  via: { source: "ssh", argv: grepAll(["/proc/sys/kernel/osrelease", "/proc/sys/kernel/arch", "/etc/os-release"]) },
  limits: { timeoutMs: 1_000, maxBytes: 16 * 1024 },
  recognises: (words) => words[0] === "uname" || words.includes("/etc/os-release"),
  read: (answer) => {
    const lines = linesOf(answer);
    const part = (pattern: RegExp) => lines.map((line) => pattern.exec(line)).find((found) => found !== null);
    const uname = part(
      /^Linux (?:\S{1,120} )?(\d\S{0,120})(?: .{0,300})? (x86_64|aarch64|arm64|ppc64le|s390x|riscv64|armv7l)(?: |$)/,
    );
    const release = part(/^\/proc\/sys\/kernel\/osrelease:(\S{1,120})$/) ?? uname;
    const name = part(/^(?:\/etc\/os-release:)?PRETTY_NAME="?([^"]{1,200})"?$/);
    return {
      facts: facts({
        "kernel.version": release?.[1] === undefined ? undefined : shown(release[1], release[0]),
        "os.name": name?.[1] === undefined ? undefined : shown(name[1], name[0]),
        architecture: part(/^\/proc\/sys\/kernel\/arch:(\S{1,20})$/)?.[1] ?? uname?.[2],
      }),
    };
  },
});
