import { isWhole, linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** The packet filter's rules that throw packets away; which of them hit the API server is derived. */
export const firewallIptables = defineProbe({
  id: "firewall-iptables",
  asks: "Does iptables drop anything?",
  provides: { "firewall.drops": { type: "list", says: "iptables rules and policies that drop or reject" } },
  via: { source: "ssh", argv: ["iptables", "-w", "2", "-S"], sudo: true },
  limits: { timeoutMs: 4_000, maxBytes: 512 * 1024 },
  recognises: whole((words) => /^(iptables|iptables-save|iptables-nft|iptables-legacy)$/.test(words[0] ?? "")),
  read: (answer) => {
    const lines = linesOf(answer);
    const rules = lines.filter((line) => /^(-A|-P|-N|:)/.test(line));
    const drops = rules.filter((line) => /\s-j (DROP|REJECT)\b|^-P \S+ DROP$|^:\S+ DROP /.test(line)).slice(0, 300);
    return rules.length === 0 || !isWhole(answer) ? {} : { facts: { "firewall.drops": shown(drops, drops[0]) } };
  },
});
