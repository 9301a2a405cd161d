import type { Machine, MetricsReader } from "../../collect/ports.ts";
import { unavailable } from "../../evidence/evidence.ts";
import { deadline, type HttpAsk } from "./http.ts";
import { equals, type Labels, literal, quoted } from "./matchers.ts";
import { answerOf } from "./outcome.ts";
import type { CloudTools } from "./settings.ts";
import { type StoreSettings, storeGrants, storeLogin } from "./store-login.ts";

export interface MetricsSettings extends StoreSettings {
  /** Default: `instance` is the node's address or name, with any port or none. */
  readonly labels?: Labels;
}

/** Names of node_exporter's and Prometheus' own series; `what` becomes a label of the answer. */
const measures: readonly (readonly [what: string, expression: (m: string) => string])[] = [
  ["memory", (m) => `min(node_memory_MemAvailable_bytes{${m}} / node_memory_MemTotal_bytes{${m}} * 100)`],
  [
    "disk",
    (m) =>
      `min by (mountpoint) (node_filesystem_avail_bytes{${disks(m)}} / node_filesystem_size_bytes{${disks(m)}} * 100)`,
  ],
  [
    "inodes",
    (m) => `min by (mountpoint) (node_filesystem_files_free{${disks(m)}} / node_filesystem_files{${disks(m)}} * 100)`,
  ],
  ["load", (m) => `max(node_load5{${m}}) / count(count by (cpu) (node_cpu_seconds_total{${m}}))`],
  ["conntrack", (m) => `max(node_nf_conntrack_entries{${m}} / node_nf_conntrack_entries_limit{${m}} * 100)`],
  ["pids", (m) => `max(node_processes_threads{${m}} / node_processes_max_threads{${m}} * 100)`],
  ["kubelet", (m) => `max(up{${m},job=~".*kubelet.*"})`],
];

const disks = (m: string): string => `${m},fstype!~"tmpfs|ramfs|overlay|squashfs|nsfs|iso9660|fuse.*|nfs.*"`;
const stepSeconds = 30;

/** Prometheus' HTTP API, version 1; also Thanos, Mimir and VictoriaMetrics, which speak it. One range query for all. */
export function prometheusReader(
  settings: MetricsSettings,
  { clock, ask }: Pick<CloudTools, "clock"> & { readonly ask: HttpAsk },
): MetricsReader {
  const range: MetricsReader["range"] = async (machine, { from, until }, limits, signal) => {
    const matcher = settings.labels === undefined ? byInstance(machine) : equals(settings.labels, machine);
    if (matcher === null)
      return unavailable("not-asked", "the node's address, which its series are told by, is not known");
    const login = await storeLogin(settings);
    if (!login.ok) return login.problem;
    const url = new URL(`${settings.url.replace(/\/$/, "")}/api/v1/query_range`);
    const timeout = `${Math.ceil(settings.timeoutMs / 1_000)}s`;
    url.search = new URLSearchParams({
      query: queryFor(matcher),
      start: from,
      end: until,
      step: `${stepSeconds}`,
      timeout,
    }).toString();
    const stop = deadline(clock, Math.min(limits.timeoutMs, settings.timeoutMs), signal);
    try {
      return answerOf(await ask({ url, ...login.value }, { maxBytes: limits.maxBytes }, stop.signal), storeGrants);
    } finally {
      stop.done();
    }
  };
  return { range };
}

export function queryFor(matcher: string): string {
  const each = measures.map(([what, of]) => `label_replace(${of(matcher)}, "what", ${quoted(what)}, "", "")`);
  return each.join(" or ");
}

function byInstance({ node, address }: Machine): string {
  const names = [node, ...(address === null ? [] : [address])].map(literal).join("|");
  return `instance=~${quoted(`(${names})(:[0-9]+)?`)}`;
}
