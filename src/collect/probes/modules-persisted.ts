import { isWhole, linesOf } from "../parse/answer.ts";
import { filesIn, refusedLine } from "../parse/boot-files.ts";
import { defineProbe } from "../probe.ts";

/**
 * The modules that a boot loads by name (modules-load.d(5), Debian's /etc/modules, the kernel's command line). Others are
 * loaded by what needs them; those are not here.
 */
export const modulesPersisted = defineProbe({
  id: "modules-persisted",
  asks: "Which kernel modules does a boot load?",
  provides: {
    "modules.persisted": {
      type: "list",
      says: "the kernel modules that files or the kernel's command line load at boot",
    },
  },
  via: {
    source: "ssh",
    argv: [
      "grep",
      "-rH",
      "^[^#;]",
      "/proc/cmdline",
      "/etc/modules",
      "/etc/modules-load.d",
      "/run/modules-load.d",
      "/usr/local/lib/modules-load.d",
      "/usr/lib/modules-load.d",
    ],
  },
  limits: { timeoutMs: 2_000, maxBytes: 64 * 1024 },
  read: (answer) => {
    const lines = linesOf(answer);
    const files = filesIn(lines);
    // The command line is always there: without it nothing was read.
    if (!files.has("/proc/cmdline") || !isWhole(answer) || refusedLine(lines)) return {};
    const names = [...files].flatMap(([path, texts]) =>
      path === "/proc/cmdline" ? texts.flatMap(namedOnCommandLine) : isModuleList(path) ? texts.flatMap(named) : [],
    );
    return { facts: { "modules.persisted": [...new Set(names)].sort() } };
  },
});

const isModuleList = (path: string): boolean => path === "/etc/modules" || path.endsWith(".conf");

/** Debian allows options behind the name. */
function named(line: string): readonly string[] {
  const name = /^\s{0,20}([\w-]{1,64})(?:\s|$)/.exec(line)?.[1];
  return name === undefined ? [] : [plain(name)];
}

/** `modules_load=` and its older spelling; the initrd's own (`rd.`) count as well. */
function namedOnCommandLine(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|\s)(?:rd\.)?modules[_-]load=([\w,-]{1,500})/g)].flatMap(([, names = ""]) =>
    names
      .split(",")
      .filter((name) => name !== "")
      .map(plain),
  );
}

/** The kernel takes - and _ for one. */
const plain = (name: string): string => name.replaceAll("-", "_");
