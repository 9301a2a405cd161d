import { linesOf } from "../parse/answer.ts";
import { facts } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

interface Interface {
  readonly name: string;
  readonly state: string;
  readonly carrier: boolean;
  readonly mtu: number;
  readonly addresses: string[];
  readonly line: string;
}

/** The network interfaces and their addresses. */
export const netAddresses = defineProbe({
  id: "net-addresses",
  asks: "Are the network interfaces up?",
  provides: {
    "net.interfaces": {
      type: "rows",
      says: "network interfaces; carrier: the link is there; addresses are blank-separated",
      columns: ["name", "state", "carrier", "addresses", "mtu", "line"],
    },
  },
  via: { source: "ssh", argv: ["ip", "addr", "show"] },
  limits: { timeoutMs: 2_000, maxBytes: 256 * 1024 },
  recognises: whole((words) => words[0] === "ip" && words.some((word) => /^(a|addr|address|l|link)$/.test(word))),
  read: (answer) => {
    const found: Interface[] = [];
    for (const line of linesOf(answer)) {
      const [, name, flags, mtu, state] =
        /^\d{1,6}: ([^\s:@]{1,20})(?:@\S{1,30})?: <([A-Z_,-]{0,200})> mtu (\d{1,6}).*? state ([A-Z]{2,20})/.exec(
          line,
        ) ?? [];
      const address = /^\s+inet6? ([0-9a-f.:]{2,45})\//.exec(line)?.[1];
      if (name !== undefined)
        found.push({
          name,
          state: stateOf(flags, state),
          carrier: /\bLOWER_UP\b/.test(flags ?? ""),
          mtu: Number(mtu),
          addresses: [],
          line,
        });
      else if (address !== undefined) found.at(-1)?.addresses.push(address);
    }
    const rows = found.slice(0, 500).map(({ addresses, ...row }) => ({ ...row, addresses: addresses.join(" ") }));
    return { facts: facts({ "net.interfaces": rows.length === 0 ? undefined : rows }) };
  },
});

/** Loopback and tunnels keep the state UNKNOWN while they are up. */
function stateOf(flags: string | undefined, state: string | undefined): string {
  return state === "UNKNOWN" && /\bUP\b/.test(flags ?? "") ? "UP" : (state ?? "UNKNOWN");
}
