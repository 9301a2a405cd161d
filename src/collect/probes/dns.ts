import { askedWords, isHung, linesOf, statusOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe, type Known } from "../probe.ts";

/** Whether the node can resolve the API server's name, by the same calls every program on it uses. */
export const dns = defineProbe({
  id: "dns",
  asks: "Does the API server's name resolve on the node?",
  provides: {
    "dns.apiName": { type: "string", says: "the API server's name in the kubelet's kubeconfig" },
    "dns.apiResolves": { type: "boolean", says: "whether that name resolves on the node" },
    "dns.addresses": { type: "list", says: "the addresses it resolves to" },
  },
  after: ["kubeconfig.server"],
  via: { source: "ssh", argv: (known) => question(known) },
  limits: { timeoutMs: 5_000, maxBytes: 16 * 1024 },
  recognises: (words) => words[0] === "getent" && /^a?hosts(v4|v6)?$/.test(words[1] ?? ""),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const name = asked.at(-1);
    if (name === undefined || asked.length < 3) return {};
    if (isHung(answer)) return { facts: { "dns.apiName": name, "dns.apiResolves": false } };
    const lines = linesOf(answer);
    const addresses = [...new Set(lines.flatMap((line) => /^([0-9a-f.:]{2,45})\s/.exec(line)?.[1] ?? []))];
    if (addresses.length > 0) {
      return { facts: { "dns.apiName": name, "dns.apiResolves": shown(true, lines[0]), "dns.addresses": addresses } };
    }
    // getent's status 2: the name is in no database it asked.
    return statusOf(answer) === 2
      ? { facts: { "dns.apiName": name, "dns.apiResolves": false, "dns.addresses": [] } }
      : {};
  },
});

/** An address needs no resolving. */
function question(known: Known): readonly string[] | null {
  const server = known.get("kubeconfig.server");
  const host =
    typeof server === "string" ? /^https:\/\/([A-Za-z0-9.-]{1,253})(?::\d{1,5})?(?:\/|$)/.exec(server)?.[1] : undefined;
  return host === undefined || /^[\d.]+$/.test(host) ? null : ["getent", "ahosts", host];
}
