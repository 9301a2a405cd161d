import { linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe, type Known } from "../probe.ts";

/** What the kernel answers to a lookup that ends in such a route (linux/net/ipv4/fib_semantics.c, fib_props). */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/^RTNETLINK answers: Invalid argument$/, "blackhole"],
  [/^RTNETLINK answers: (No route to host|Host is unreachable)$/, "unreachable"],
  [/^RTNETLINK answers: Permission denied$/, "prohibit"],
  [/^RTNETLINK answers: Network is unreachable$/, "none"],
];

/** `10.77.0.1 dev host0 src 10.77.0.13 uid 0`, `192.0.2.7 via 10.77.0.1 dev host0 table 66 src …`. */
const found = /^[0-9a-f.:]{2,45} (?:from \S+ )?(?:via \S+ )?dev (\S{1,20})/;

/**
 * Where the kernel would send a connection to the API server, policy rules and all tables counted: a rule for the port
 * alone, or a table that nobody looks at, shows neither in the main table nor in a ping.
 */
export const apiRoute = defineProbe({
  id: "api-route",
  asks: "Where does the node's kernel send what goes to the API server?",
  provides: {
    "net.apiRoute": {
      type: "string",
      says: "how the kernel routes the API server's address and port",
      values: ["routed", "blackhole", "unreachable", "prohibit", "none"],
    },
    "net.apiRouteDevice": { type: "string", says: "the interface it sends them to" },
  },
  after: ["kubeconfig.server"],
  via: { source: "ssh", argv: ask },
  limits: { timeoutMs: 2_000, maxBytes: 16 * 1024 },
  recognises: whole(
    (words) =>
      words[0] === "ip" && words.includes("get") && words.includes("dport") && /^(6443|443)$/.test(words.at(-1) ?? ""),
  ),
  read: (answer) => {
    const lines = linesOf(answer);
    const way = lines.find((line) => found.test(line));
    if (way !== undefined) {
      const device = found.exec(way)?.[1];
      return { facts: { "net.apiRoute": shown("routed", way), ...(device ? { "net.apiRouteDevice": device } : {}) } };
    }
    for (const [pattern, kind] of refusals) {
      const line = lines.find((each) => pattern.test(each));
      if (line !== undefined) return { facts: { "net.apiRoute": shown(kind, line), "net.apiRouteDevice": null } };
    }
    return {};
  },
});

/** Only an address can be looked up; `ipproto` and `dport` need iproute2 4.18, an older one says so and tells nothing. */
function ask(known: Known): readonly string[] | null {
  const server = known.get("kubeconfig.server");
  const [, v6, v4, port] =
    /^https:\/\/(?:\[([0-9a-f:]{2,45})\]|(\d{1,3}(?:\.\d{1,3}){3}))(?::(\d{1,5}))?(?:\/|$)/.exec(
      typeof server === "string" ? server : "",
    ) ?? [];
  const address = v6 ?? v4;
  if (address === undefined) return null;
  return ["ip", "route", "get", address, "ipproto", "tcp", "dport", port ?? "443"];
}
