import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { kubeletApiMetrics } from "./kubelet-api-metrics.ts";

/** Some of GET /metrics of a kubelet 1.34: names, labels and number forms as it prints them. */
const metrics = `# HELP kubelet_certificate_manager_client_ttl_seconds [ALPHA] Gauge of the TTL (time-to-live) of the Kubelet's client certificate.
# TYPE kubelet_certificate_manager_client_ttl_seconds gauge
kubelet_certificate_manager_client_ttl_seconds -3600
# TYPE kubelet_evictions counter
kubelet_evictions{eviction_signal="nodefs.available"} 4
kubelet_evictions{eviction_signal="memory.available"} 0
# TYPE kubelet_pleg_last_seen_seconds gauge
kubelet_pleg_last_seen_seconds 1.79526228e+09
# TYPE kubelet_pleg_relist_duration_seconds histogram
kubelet_pleg_relist_duration_seconds_bucket{le="0.005"} 12
kubelet_pleg_relist_duration_seconds_bucket{le="+Inf"} 40
kubelet_pleg_relist_duration_seconds_sum 90.5
kubelet_pleg_relist_duration_seconds_count 40
# TYPE kubelet_runtime_operations_errors_total counter
kubelet_runtime_operations_errors_total{operation_type="list_podsandbox"} 3
kubelet_runtime_operations_errors_total{operation_type="status"} 17
# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total 12.3
`;
const at = "2026-11-21T12:00:00.000Z";

test("loop, runtime, evictions and the certificate's end", () => {
  expect(valuesOf(kubeletApiMetrics, metrics, { evidenceAt: at })).toEqual({
    "clientCert.notAfter": "2026-11-21T11:00:00.000Z",
    "kubelet.evictions": [{ signal: "nodefs.available", pods: 4 }],
    "kubelet.plegLastSeen": "2026-11-21T11:58:00.000Z",
    "kubelet.plegRelistSeconds": 2.263,
    "kubelet.runtimeErrors": [
      { operation: "status", errors: 17 },
      { operation: "list_podsandbox", errors: 3 },
    ],
  });
});

test("a kubelet without a client certificate, and one that has not looked yet", () => {
  const none = "kubelet_certificate_manager_client_ttl_seconds +Inf\nkubelet_pleg_last_seen_seconds 0\n";
  expect(valuesOf(kubeletApiMetrics, none, { evidenceAt: at })).toEqual({});
  expect(valuesOf(kubeletApiMetrics, "kubelet_pleg_last_seen_seconds 1e999\n", { evidenceAt: at })).toEqual({});
});
