import { isWhole, linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** `10.77.0.0/24 dev host0 proto kernel scope link src 10.77.0.13`. */
const route =
  /^(?:unreachable |blackhole |prohibit )?(default|[0-9a-f.:]{2,45}(?:\/\d{1,3})?) (?:via|dev|proto|nhid|metric|scope)/;

/** The main routing table. */
export const netRoutes = defineProbe({
  id: "net-routes",
  asks: "Is there a default route?",
  provides: {
    "net.defaultRoute": { type: "boolean", says: "whether there is a default route" },
    "net.defaultInterface": { type: "string", says: "the interface of the default route" },
    "net.blackholes": { type: "list", says: "routes that lead nowhere: unreachable, blackhole, prohibit" },
  },
  via: { source: "ssh", argv: ["ip", "route", "show"] },
  limits: { timeoutMs: 2_000, maxBytes: 256 * 1024 },
  recognises: whole(
    (words) => words[0] === "ip" && words.some((word) => /^(r|ro|route)$/.test(word)) && !words.includes("table"),
  ),
  read: (answer) => {
    const routes = linesOf(answer).filter((line) => route.test(line));
    const standard = routes.find((line) => line.startsWith("default "));
    if (standard === undefined && (routes.length === 0 || !isWhole(answer))) return {};
    const device = / dev (\S{1,20})/.exec(standard ?? "")?.[1] ?? null;
    return {
      facts: {
        "net.defaultRoute": shown(standard !== undefined, standard ?? routes[0]),
        "net.defaultInterface": device,
        "net.blackholes": routes.filter((line) => /^(unreachable|blackhole|prohibit) /.test(line)),
      },
    };
  },
});
