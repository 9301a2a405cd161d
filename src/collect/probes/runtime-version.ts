import { linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const pattern = /^(?:containerd \S{1,100}|crio version) v?(\d\S{0,60})/;

/** The version of containerd on disk. CRI-O and docker report theirs to the kubelet. */
export const runtimeVersion = defineProbe({
  id: "runtime-version",
  asks: "Which runtime is installed?",
  provides: { "runtime.version": { type: "string", says: "the version of containerd on disk" } },
  via: { source: "ssh", argv: ["containerd", "--version"] },
  limits: { timeoutMs: 3_000, maxBytes: 4 * 1024 },
  recognises: (words) => /(^|\/)(containerd|crio|dockerd)$/.test(words[0] ?? "") && words.includes("--version"),
  read: (answer) => {
    const found = linesOf(answer)
      .map((line) => pattern.exec(line))
      .find((parts) => parts !== null);
    return found?.[1] === undefined ? {} : { facts: { "runtime.version": shown(found[1], found[0]) } };
  },
});
