import { isWhole, linesOf } from "../parse/answer.ts";
import { flagFacts, flagSpecs } from "../parse/kubelet-flags.ts";
import { defineProbe, type Known } from "../probe.ts";

const files = ["/etc/rancher/k3s/config.yaml", "/etc/rancher/rke2/config.yaml"];
const folders = ["/etc/rancher/k3s/config.yaml.d", "/etc/rancher/rke2/config.yaml.d"];

/**
 * The flags that k3s and RKE2 hand to their kubelet, from their own configuration (docs.k3s.io/installation/configuration).
 * That file also holds the cluster's token, so only list items and keys without a value are read.
 */
export const kubeletArgsRancher = defineProbe({
  id: "kubelet-args-rancher",
  asks: "Which flags do k3s or RKE2 give their kubelet?",
  provides: flagSpecs,
  after: ["kubelet.unit.name"],
  via: { source: "ssh", argv: ask, sudo: true },
  limits: { timeoutMs: 2_000, maxBytes: 64 * 1024 },
  byHand: ["grep", "-A", "9", "kubelet-arg", "/etc/rancher/k3s/config.yaml"],
  read: (answer) => {
    const flags = isWhole(answer) ? argumentsIn(linesOf(answer)) : [];
    if (flags.length === 0) return {};
    const known = flagFacts(flags, `kubelet-arg: ${flags.map(({ name, value }) => `${name}=${value}`).join(" ")}`);
    // What these flags do not set may be set elsewhere.
    return { facts: Object.fromEntries(Object.entries(known).filter(([, reading]) => reading !== null)) };
  },
});

/** `/etc/rancher/k3s/config.yaml:kubelet-arg:` and below it `/etc/…:  - "max-pods=200"`. */
function argumentsIn(lines: readonly string[]): readonly { readonly name: string; readonly value: string }[] {
  let key = "";
  return lines.flatMap((line) => {
    const text = /^\/etc\/rancher\/[^:]{1,200}:(.{0,2000})$/.exec(line)?.[1] ?? "";
    key = /^"?([a-z-]{1,60}\+?)"?:\s*$/.exec(text)?.[1] ?? key;
    const [, name, value = ""] = /^\s*-\s+["']?(?:--)?([a-z][a-z0-9.-]{0,80})=(.*?)["']?\s*$/.exec(text) ?? [];
    return name !== undefined && /^kubelet-arg\+?$/.test(key) ? [{ name, value }] : [];
  });
}

function ask(known: Known): readonly string[] | null {
  if (!/^(k3s|rke2)/.test(String(known.get("kubelet.unit.name") ?? ""))) return null;
  return ["grep", "-rHE", "^[a-z-]+[+]?:[[:space:]]*$|^[[:space:]]*-[[:space:]]", ...files, ...folders];
}
