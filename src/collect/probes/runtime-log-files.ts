import { textOf } from "../parse/answer.ts";
import { flavourOfUnit, flavours } from "../parse/flavours.ts";
import { sectionsOf } from "../parse/sections.ts";
import { defineProbe, type Known } from "../probe.ts";

const files = new Map(flavours.flatMap(({ logs }) => logs.map(({ path, stream }) => [path, stream] as const)));

/** Logs that k3s and RKE2 write into files: their containerd's, and RKE2's kubelet's. The journal has the rest. */
export const runtimeLogFiles = defineProbe({
  id: "runtime-log-files",
  asks: "What did the runtime and the kubelet write into their own files?",
  provides: {},
  streams: ["runtime", "kubelet"],
  after: ["kubelet.unit.name"],
  via: { source: "ssh", argv: ask, sudo: true },
  past: "the same",
  limits: { timeoutMs: 3_000, maxBytes: 2 * 1024 * 1024 },
  keep: "tail",
  read: (answer) => {
    if (answer.kind !== "value") return {};
    const sections = sectionsOf(textOf(answer).split(/\r?\n/));
    const of = (stream: string) => sections.filter(({ path }) => files.get(path) === stream);
    const text = (stream: string): string =>
      of(stream)
        .flatMap(({ lines }) => lines)
        .join("\n");
    return {
      logs: {
        ...(of("runtime").length > 0 ? { runtime: text("runtime") } : {}),
        ...(of("kubelet").length > 0 ? { kubelet: text("kubelet") } : {}),
      },
    };
  },
});

function ask(known: Known): readonly string[] | null {
  const logs = flavourOfUnit(String(known.get("kubelet.unit.name") ?? ""))?.logs ?? [];
  return logs.length === 0 ? null : ["tail", "-v", "-n", "5000", ...logs.map(({ path }) => path)];
}
