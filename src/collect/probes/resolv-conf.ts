import { askedWords, linesOf } from "../parse/answer.ts";
import { facts, shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { headOf, sectionsOf } from "../parse/sections.ts";
import { missingLine } from "../parse/stat.ts";
import { defineProbe, type Known } from "../probe.ts";

const usual = "/etc/resolv.conf";

/** The name servers, and whether the file the kubelet hands to pods is there: without it no sandbox can be made. */
export const resolvConf = defineProbe({
  id: "resolv-conf",
  asks: "Which name servers does the node use?",
  provides: {
    "dns.nameservers": { type: "list", says: "the name servers in /etc/resolv.conf" },
    "resolvconf.exists": { type: "boolean", says: "whether the file the kubelet's resolvConf names exists" },
    "resolvconf.path": { type: "string", says: "that file" },
  },
  after: ["kubelet.config.resolvConf"],
  via: { source: "ssh", argv: (known) => headOf([...new Set([pathOf(known), usual])], 16_384) },
  limits: { timeoutMs: 2_000, maxBytes: 64 * 1024 },
  recognises: whole((words) => /^(cat|less|head)$/.test(words[0] ?? "") && words.includes(usual)),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const own = sectionsOf(lines).find(({ path }) => path === usual)?.lines ?? lines;
    const servers = own.flatMap((line) => /^\s*nameserver\s+([0-9A-Fa-f.:%\w]{2,60})\s*$/.exec(line)?.[1] ?? []);
    const missing = missingLine(lines, usual);
    const path = asked.find((word) => word.startsWith("/")) ?? usual;
    const gone = missingLine(lines, path);
    // Only `head -v` proves by its heading that the file is there.
    const there = sectionsOf(lines).some((section) => section.path === path);
    return {
      facts: facts({
        "dns.nameservers": servers.length > 0 ? servers : missing === undefined && !there ? undefined : [],
        "resolvconf.exists": gone === undefined ? (there ? true : undefined) : shown(false, gone),
        "resolvconf.path": gone !== undefined || there ? path : undefined,
      }),
    };
  },
});

function pathOf(known: Known): string {
  const path = known.get("kubelet.config.resolvConf");
  return typeof path === "string" && path.startsWith("/") ? path : usual;
}
