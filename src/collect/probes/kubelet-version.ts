import { linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe, type Known } from "../probe.ts";

const pattern = /^Kubernetes (v\d+\.\d+\.\S{1,60})$/;

/** The version of the kubelet on disk, which may be newer than the one that runs. */
export const kubeletVersion = defineProbe({
  id: "kubelet-version",
  asks: "Which kubelet is installed?",
  provides: { "kubelet.version": { type: "string", says: "the version of the kubelet on disk" } },
  after: ["kubelet.binary"],
  via: { source: "ssh", argv: (known) => [binaryOf(known), "--version"] },
  limits: { timeoutMs: 3_000, maxBytes: 4 * 1024 },
  recognises: (words) => /(^|\/)kubelet$/.test(words[0] ?? "") && words.includes("--version"),
  read: (answer) => {
    const found = linesOf(answer)
      .map((line) => pattern.exec(line))
      .find((parts) => parts !== null);
    return found?.[1] === undefined ? {} : { facts: { "kubelet.version": shown(found[1], found[0]) } };
  },
});

/** Only a kubelet is run, whatever path was found. */
function binaryOf(known: Known): string {
  const path = known.get("kubelet.binary");
  return typeof path === "string" && /^\/[\w./+-]{1,300}\/kubelet$/.test(path) ? path : "kubelet";
}
