import type { LogsReader, Machine, StoredLog } from "../../collect/ports.ts";
import { type Answer, unavailable, type Window } from "../../evidence/evidence.ts";
import { deadline, type HttpAsk, type Request } from "./http.ts";
import { equals, filled, type Labels } from "./matchers.ts";
import { answerOf } from "./outcome.ts";
import type { CloudTools } from "./settings.ts";
import { type StoreSettings, storeGrants, storeLogin } from "./store-login.ts";

export interface LogsSettings extends StoreSettings {
  readonly store: "loki" | "elasticsearch";
  /** Which lines are this machine's; default: `hostname` (Loki), `host.name` (Elasticsearch) is the node's name. */
  readonly labels?: Labels;
  /** Of Elasticsearch; default: every index and data stream. */
  readonly index?: string;
}

const most = 500;
const kubelets = ["kubelet.service", "k3s.service", "k3s-agent.service", "rke2-server.service", "rke2-agent.service"];
const runtimes = ["containerd.service", "crio.service", "docker.service"];
const unitsOf: Readonly<Record<StoredLog, readonly string[]>> = { kubelet: kubelets, runtime: runtimes, kernel: [] };

/** The newest lines of one log before the machine fell silent. */
export function logsReader(
  settings: LogsSettings,
  { clock, ask }: Pick<CloudTools, "clock"> & { readonly ask: HttpAsk },
): LogsReader {
  const request = settings.store === "loki" ? lokiRequest : elasticRequest;
  const tail: LogsReader["tail"] = async (log, machine, window, limits, signal) => {
    const asked = request(settings, log, machine, window);
    if (asked === null)
      return unavailable("not-asked", "the node's address, which its lines are told by, is not known");
    const login = await storeLogin(settings);
    if (!login.ok) return login.problem;
    const headers = { ...login.value.headers, ...asked.headers };
    const stop = deadline(clock, Math.min(limits.timeoutMs, settings.timeoutMs), signal);
    try {
      return asExcerpt(
        answerOf(
          await ask({ ...asked, ...login.value, headers }, { maxBytes: limits.maxBytes }, stop.signal),
          storeGrants,
        ),
      );
    } finally {
      stop.done();
    }
  };
  return { tail };
}

/** What reached the store is not all that was written: the last lines of a machine that dies often do not. */
const asExcerpt = (answer: Answer): Answer => (answer.kind === "value" ? { ...answer, excerpt: true } : answer);

const base = ({ url }: LogsSettings): string => url.replace(/\/$/, "");

/** Labels as Promtail, Alloy and the Grafana charts set them for the journal. */
function lokiRequest(
  settings: LogsSettings,
  log: StoredLog,
  machine: Machine,
  { from, until }: Window,
): Request | null {
  const matcher = equals(settings.labels ?? { hostname: "{node}" }, machine);
  if (matcher === null) return null;
  const units = unitsOf[log].map((unit) => unit.replace(".", "\\\\.")).join("|");
  const which = log === "kernel" ? 'transport="kernel"' : `unit=~"${units}"`;
  const url = new URL(`${base(settings)}/loki/api/v1/query_range`);
  url.search = new URLSearchParams({
    query: `{${matcher},${which}}`,
    start: nanoseconds(from),
    end: nanoseconds(until),
    limit: `${most}`,
    direction: "backward",
  }).toString();
  return { url };
}

const nanoseconds = (iso: string): string => `${BigInt(Date.parse(iso)) * 1_000_000n}`;

/** Fields as Filebeat's and Elastic Agent's journald input set them. Values are JSON, never a query string. */
function elasticRequest(
  settings: LogsSettings,
  log: StoredLog,
  machine: Machine,
  { from, until }: Window,
): Request | null {
  const own = Object.entries(settings.labels ?? { "host.name": "{node}" }).map(([field, template]) => ({
    term: { [field]: filled(template, machine) },
  }));
  if (own.some(({ term }) => Object.values(term).includes(null))) return null;
  const kernel = {
    bool: { should: ["journald.transport", "systemd.transport"].map((field) => ({ term: { [field]: "kernel" } })) },
  };
  const which = log === "kernel" ? kernel : { terms: { "systemd.unit": unitsOf[log] } };
  const body = {
    size: most,
    sort: [{ "@timestamp": "desc" }],
    _source: ["@timestamp", "message", "systemd.unit", "process.pid", "journald.process.name"],
    query: { bool: { filter: [...own, which, { range: { "@timestamp": { gte: from, lte: until } } }] } },
  };
  const index = settings.index === undefined ? "" : `/${encodeURIComponent(settings.index)}`;
  const headers = { "content-type": "application/json" };
  return { url: new URL(`${base(settings)}${index}/_search`), method: "POST", headers, body: JSON.stringify(body) };
}
