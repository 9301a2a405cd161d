import { isWhole, linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** The same question to nftables, for rules that iptables does not show. */
export const firewallNft = defineProbe({
  id: "firewall-nft",
  asks: "Does nftables drop anything?",
  provides: { "firewall.nftDrops": { type: "list", says: "nftables rules and policies that drop or reject" } },
  via: { source: "ssh", argv: ["nft", "-n", "list", "ruleset"], sudo: true },
  limits: { timeoutMs: 4_000, maxBytes: 512 * 1024 },
  recognises: whole((words) => words[0] === "nft"),
  read: (answer) => {
    const lines = linesOf(answer);
    const asksWell =
      isWhole(answer) &&
      (lines.some((line) => /^table \S+ \S+ \{/.test(line)) || lines.every((line) => line.trim() === ""));
    const drops = lines
      .map((line) => line.trim())
      .filter((line) => /\b(drop|reject)\b/.test(line))
      .slice(0, 300);
    return asksWell && answer.kind === "value" && answer.exitCode === 0
      ? { facts: { "firewall.nftDrops": shown(drops, drops[0]) } }
      : {};
  },
});
