import type { Row } from "../../facts/fact.ts";
import { linesOf } from "../parse/answer.ts";
import { connectFailure } from "../parse/curl.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe, type Known } from "../probe.ts";

const mostAsked = 5;
const writes = "\\nurl=%{url_effective} http=%{http_code} time=%{time_total} err=%{errormsg}\\n";
const written = /^url=https:\/\/([0-9a-fA-F.:[\]]{2,47}):(\d{1,5})\/\S* http=(\d{3}) time=(\d{1,6}\.\d{1,9}) err=(.*)$/;

/** Whether each API server answers this node: one dead server of three looks like a network that comes and goes. */
export const apiEndpointsFromNode = defineProbe({
  id: "api-endpoints-from-node",
  asks: "Does each API server answer this node?",
  provides: {
    "api.endpointRows": {
      type: "rows",
      says: "how each API server answers the node; tls: where the cluster's CA is known, its certificate is not of it",
      columns: ["address", "port", "answers", "ms", "message"],
    },
  },
  after: ["api.endpoints", "kubeconfig.caPath"],
  via: { source: "ssh", argv: ask },
  limits: { timeoutMs: 8_000, maxBytes: 32 * 1024 },
  read: (answer) => {
    const lines = linesOf(answer);
    const rows = lines.flatMap(rowOf);
    if (rows.length === 0) return {};
    const bad = lines.find((line) => written.test(line) && / http=000 /.test(line));
    return { facts: { "api.endpointRows": shown(rows.slice(0, mostAsked), bad) } };
  },
});

/** curl that cannot read the CA file (error 77) has asked nobody. */
function rowOf(line: string): readonly Row[] {
  const [whole, address = "", port, status, seconds, error = ""] = written.exec(line) ?? [];
  if (whole === undefined || /error setting certificate/.test(error)) return [];
  return [
    {
      address: address.replaceAll(/[[\]]/g, ""),
      port: Number(port),
      answers: status === "000" ? connectFailure(error) : "ok",
      ms: Math.round(Number(seconds) * 1000),
      message: error === "" ? null : error.slice(0, 300),
    },
  ];
}

/** curl has no way to look at a certificate and go on: it is checked where its CA is known, else not. */
function ask(known: Known): readonly string[] | null {
  const endpoints = known.get("api.endpoints");
  const ca = known.get("kubeconfig.caPath");
  const urls = (Array.isArray(endpoints) ? (endpoints as readonly Row[]) : []).flatMap(({ address, port }) => {
    const host = String(address);
    const safe = /^[0-9A-Fa-f.:]{2,45}$/.test(host) && Number.isInteger(port);
    return safe ? [`https://${host.includes(":") ? `[${host}]` : host}:${port}/livez`] : [];
  });
  if (urls.length < 2) return null;
  const trust = typeof ca === "string" && /^\/[\w./-]{1,300}$/.test(ca) ? ["--cacert", ca] : ["-k"];
  const limits = ["--connect-timeout", "1", "-m", "1.4"];
  return ["curl", "-s", "--globoff", "--noproxy", "*", ...trust, ...limits, "-w", writes, ...urls.slice(0, mostAsked)];
}
