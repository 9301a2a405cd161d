import { askedWords, linesOf } from "../parse/answer.ts";
import { grepAll, grepped } from "../parse/grep.ts";
import { defineProbe } from "../probe.ts";

/** Settings the kubelet insists on (protectKernelDefaults), networking needs, or limits that run out. */
const names = [
  "vm.overcommit_memory",
  "vm.panic_on_oom",
  "kernel.panic",
  "kernel.panic_on_oops",
  "kernel.keys.root_maxkeys",
  "kernel.keys.root_maxbytes",
  "net.ipv4.ip_forward",
  "net.bridge.bridge-nf-call-iptables",
  "fs.inotify.max_user_instances",
  "fs.inotify.max_user_watches",
  "net.core.bpf_jit_limit",
];

export const sysctls = defineProbe({
  id: "sysctls",
  asks: "How is the kernel set?",
  provides: { "sysctl.rows": { type: "rows", says: "kernel settings", columns: ["name", "value"] } },
  via: { source: "ssh", argv: grepAll(names.map((name) => `/proc/sys/${name.replaceAll(".", "/")}`)), sudo: true },
  limits: { timeoutMs: 1_000, maxBytes: 16 * 1024 },
  recognises: (words) => words[0] === "sysctl" || words.some((word) => word.startsWith("/proc/sys/")),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const files = [...grepped(lines, asked)].flatMap(([path, [value]]) =>
      path.startsWith("/proc/sys/") && value !== undefined
        ? [{ name: path.slice(10).replaceAll("/", "."), value }]
        : [],
    );
    const pasted = lines.flatMap((line) => {
      const [, name, value] = /^([a-z][\w.-]{2,80}\.[\w.-]{1,80}) ?= ?(.{0,200})$/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, value: value ?? "" }];
    });
    const rows = [...files, ...pasted];
    return rows.length === 0 ? {} : { facts: { "sysctl.rows": rows } };
  },
});
