import { z } from "zod";
import { isWhole, textOf } from "../parse/answer.ts";
import { jsonIn } from "../parse/json.ts";
import { kubeletConfigFacts, kubeletConfigSpecs } from "../parse/kubelet-config-file.ts";
import { defineProbe } from "../probe.ts";

const configz = z.object({ kubeletconfig: z.record(z.string(), z.unknown()) });
const declared = { kind: "KubeletConfiguration", apiVersion: "kubelet.config.k8s.io/v1beta1" };

/** These are the file's own: what the kubelet runs with says nothing of it. */
const ofTheFile = ["exists", "path", "valid", "error", "kind"].map((name) => `kubelet.config.${name}`);
const settings = <Value>(all: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !ofTheFile.includes(name)));

/** What the kubelet runs with: drop-ins over its file, flags over both, defaults for the rest. */
export const kubeletApiConfigz = defineProbe({
  id: "kubelet-api-configz",
  asks: "Which configuration does the kubelet run with?",
  provides: settings(kubeletConfigSpecs),
  via: { source: "kubelet-api", path: "/configz" },
  limits: { timeoutMs: 4_000, maxBytes: 256 * 1024 },
  read: (answer) => {
    const found = isWhole(answer) ? configz.safeParse(jsonIn(textOf(answer))).data : undefined;
    if (found === undefined) return {};
    return { facts: settings(kubeletConfigFacts(JSON.stringify({ ...found.kubeletconfig, ...declared }))) };
  },
});
