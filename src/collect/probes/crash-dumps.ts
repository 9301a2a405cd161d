import { isWhole, linesOf } from "../parse/answer.ts";
import { type Found, foundIn, printFound } from "../parse/found.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const folders = ["/var/crash", "/var/lib/systemd/pstore", "/sys/fs/pstore", "/var/lib/systemd/coredump"];

/** What the kernel and systemd leave behind when something dies: kdump's vmcore, pstore's last words, core dumps. */
export const crashDumps = defineProbe({
  id: "crash-dumps",
  asks: "Did the kernel or a daemon leave a crash dump?",
  provides: {
    "crash.rows": {
      type: "rows",
      says: "crash dumps of the kernel (vmcore, pstore) and of the node's daemons (core), with when each was written",
      columns: ["path", "at", "kind", "comm", "bytes"],
    },
  },
  via: { source: "ssh", argv: ["find", ...folders, "-maxdepth", "3", "-type", "f", ...printFound], sudo: true },
  past: "the same",
  limits: { timeoutMs: 2_000, maxBytes: 128 * 1024 },
  byHand: ["ls", "-l", ...folders],
  read: (answer) => {
    const lines = linesOf(answer);
    const found = foundIn(lines);
    const told = found.length > 0 || statesOf(lines).length === folders.length || isEmpty(lines);
    if (answer.kind !== "value" || !told || !isWhole(answer)) return {};
    const rows = found.flatMap(rowOf).sort((one, other) => (one.at < other.at ? -1 : 1));
    const last = rows.at(-1);
    return { facts: { "crash.rows": shown(rows.slice(-50), last && `${last.at} ${last.path}`) } };
  },
});

/** Folders that do not exist hold nothing; one that may not be read may hold anything. */
function statesOf(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.startsWith("find: ") && line.endsWith("No such file or directory"));
}

function isEmpty(lines: readonly string[]): boolean {
  return lines.every((line) => line.trim() === "" || statesOf([line]).length === 1);
}

function rowOf({ path, at, bytes }: Found) {
  const comm = /\/core\.([^./]{1,60})\./.exec(path)?.[1] ?? null;
  const kind = kindOf(path);
  return kind === null || (kind === "core" && !isOurs(comm)) ? [] : [{ path, at, kind, comm, bytes }];
}

/** kdump-tools writes dump.DATE, kdump-utils vmcore; beside them lie dmesg.* and makedumpfile's logs of the same crash. */
function kindOf(path: string): "vmcore" | "pstore" | "core" | null {
  if (path.includes("/pstore/")) return "pstore";
  if (path.startsWith("/var/lib/systemd/coredump/")) return "core";
  return /\/(vmcore|dump\.\d|dmesg\.\d|vmcore-dmesg)/.test(path) ? "vmcore" : null;
}

function isOurs(comm: string | null): boolean {
  return (
    comm !== null && /^(kubelet|containerd|crio|dockerd|runc|crun|conmon|systemd|k3s|rke2|kubelite|k0s)/.test(comm)
  );
}
