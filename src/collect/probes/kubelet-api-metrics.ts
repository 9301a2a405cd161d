import { linesOf } from "../parse/answer.ts";
import { clientCertificateSpecs } from "../parse/client-certificate.ts";
import { metricsIn, type Sample } from "../parse/metrics.ts";
import { type Facts, facts, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const names = {
  seen: "kubelet_pleg_last_seen_seconds",
  relistSum: "kubelet_pleg_relist_duration_seconds_sum",
  relistCount: "kubelet_pleg_relist_duration_seconds_count",
  errors: "kubelet_runtime_operations_errors_total",
  evictions: "kubelet_evictions",
  ttl: "kubelet_certificate_manager_client_ttl_seconds",
} as const;

/** What only the kubelet's own counters tell. Each of them counts since the kubelet started. */
export const kubeletApiMetrics = defineProbe({
  id: "kubelet-api-metrics",
  asks: "What do the kubelet's own counters say of its loop, its runtime and its certificate?",
  provides: {
    "kubelet.plegLastSeen": { type: "time", says: "when the kubelet last finished looking at all its containers" },
    "kubelet.plegRelistSeconds": { type: "number", unit: "s", says: "how long that takes it on average" },
    "kubelet.runtimeErrors": {
      type: "rows",
      says: "calls to the container runtime that failed since the kubelet started, most first",
      columns: ["operation", "errors"],
    },
    "kubelet.evictions": {
      type: "rows",
      says: "pods the kubelet has evicted since it started, by the signal that made it",
      columns: ["signal", "pods"],
    },
    ...pick("clientCert.notAfter"),
  },
  via: { source: "kubelet-api", path: "/metrics" },
  limits: { timeoutMs: 4_000, maxBytes: 1024 * 1024 },
  read: (answer, { evidenceAt }) => {
    const samples = metricsIn(linesOf(answer), Object.values(names));
    return samples.length === 0 ? {} : { facts: factsOf(samples, evidenceAt) };
  },
});

function pick(name: string) {
  return Object.fromEntries(Object.entries(clientCertificateSpecs).filter(([each]) => each === name));
}

function factsOf(samples: readonly Sample[], at: string | null): Facts {
  const one = (name: string) => samples.find((sample) => sample.name === name);
  const seen = one(names.seen);
  const [sum, count] = [one(names.relistSum), one(names.relistCount)];
  const mean = sum && count && count.value > 0 ? Math.round((sum.value / count.value) * 1000) / 1000 : undefined;
  return facts({
    "kubelet.plegLastSeen": timed(seen, seen?.value),
    "kubelet.plegRelistSeconds": mean === undefined ? undefined : shown(mean, sum?.line),
    "kubelet.runtimeErrors": counted(samples, names.errors, "operation_type", (operation, errors) => ({
      operation,
      errors,
    })),
    "kubelet.evictions": counted(samples, names.evictions, "eviction_signal", (signal, pods) => ({ signal, pods })),
    "clientCert.notAfter": expiry(one(names.ttl), at),
  });
}

/** 1 January 2000 to 2100: a gauge that was never set is 0. */
const sane = (seconds: number): boolean => seconds > 946_684_800 && seconds < 4_102_444_800;

function timed(sample: Sample | undefined, seconds: number | undefined) {
  if (seconds === undefined || !sane(seconds)) return undefined;
  return shown(new Date(Math.round(seconds * 1000)).toISOString(), sample?.line);
}

/** Seconds from now on, negative once it has ended, +Inf without a certificate. */
function expiry(ttl: Sample | undefined, at: string | null) {
  const now = at === null ? Number.NaN : Date.parse(at);
  if (ttl === undefined || !Number.isFinite(now)) return undefined;
  return timed(ttl, Math.round(now / 1000 + ttl.value));
}

function counted<Row>(
  samples: readonly Sample[],
  name: string,
  label: string,
  row: (what: string, often: number) => Row,
): readonly Row[] | undefined {
  const found = samples.filter((sample) => sample.name === name && sample.value > 0);
  const rows = [...found].sort((one, other) => other.value - one.value).slice(0, 50);
  return found.length === 0 ? undefined : rows.map(({ labels, value }) => row(labels.get(label) ?? "", value));
}
