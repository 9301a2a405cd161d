import { z } from "zod";
import type { FactSpec } from "../../facts/fact.ts";
import { type Facts, facts } from "./reading.ts";
import { yamlIn } from "./yaml.ts";

export const kubeletConfigSpecs: Readonly<Record<string, FactSpec>> = {
  "kubelet.config.exists": { type: "boolean", says: "whether the kubelet's config file exists" },
  "kubelet.config.path": { type: "string", says: "the kubelet's config file" },
  "kubelet.config.valid": { type: "boolean", says: "whether that file can be read as a KubeletConfiguration" },
  "kubelet.config.error": { type: "string", says: "why it cannot" },
  "kubelet.config.kind": { type: "string", says: "the kind the file declares" },
  "kubelet.config.cgroupDriver": {
    type: "string",
    says: "the kubelet's cgroup driver, flag or file",
    values: ["systemd", "cgroupfs"],
  },
  "kubelet.config.failSwapOn": { type: "boolean", says: "whether the kubelet refuses to run with swap on" },
  "kubelet.config.rotateCertificates": { type: "boolean", says: "whether the kubelet renews its client certificate" },
  "kubelet.config.registerNode": {
    type: "boolean",
    says: "whether the kubelet makes its Node object itself; absent: it does",
  },
  "kubelet.config.serverTlsBootstrap": {
    type: "boolean",
    says: "whether the kubelet asks the cluster for its serving certificate",
  },
  "kubelet.config.tlsCertFile": { type: "string", says: "the serving certificate's file that the file names" },
  "kubelet.config.protectKernelDefaults": {
    type: "boolean",
    says: "whether the kubelet refuses to change kernel settings",
  },
  "kubelet.config.maxPods": { type: "number", says: "how many pods the kubelet allows" },
  "kubelet.config.resolvConf": { type: "string", says: "the resolv.conf the kubelet gives to pods" },
  "kubelet.config.runtimeEndpoint": { type: "string", says: "the CRI endpoint the kubelet uses" },
  "kubelet.config.staticPodPath": { type: "string", says: "the folder of static pods" },
  "kubelet.config.clientCA": { type: "string", says: "the CA file the kubelet checks its callers with" },
  "kubelet.config.cpuManagerPolicy": { type: "string", says: "the CPU manager's policy" },
  "kubelet.config.evictionHard": {
    type: "rows",
    says: "hard eviction thresholds the file sets",
    columns: ["signal", "threshold"],
  },
  "kubelet.config.featureGates": { type: "rows", says: "feature gates the file sets", columns: ["name", "value"] },
};

const text = z.string().nullish();
const gates = z.record(z.string(), z.boolean()).nullish();
const thresholds = z.record(z.string(), z.string()).nullish();
/** Types as in k8s.io/kubelet/config/v1beta1; the kubelet decodes strictly, so a wrong type keeps it from starting. */
const configuration = z.object({
  kind: z.string(),
  apiVersion: z.string(),
  cgroupDriver: text,
  failSwapOn: z.boolean().nullish(),
  rotateCertificates: z.boolean().nullish(),
  registerNode: z.boolean().nullish(),
  serverTLSBootstrap: z.boolean().nullish(),
  tlsCertFile: text,
  protectKernelDefaults: z.boolean().nullish(),
  maxPods: z.number().int().nullish(),
  resolvConf: text,
  containerRuntimeEndpoint: text,
  staticPodPath: text,
  authentication: z.object({ x509: z.object({ clientCAFile: text }).nullish() }).nullish(),
  cpuManagerPolicy: text,
  evictionHard: thresholds,
  featureGates: gates,
});

/** What a KubeletConfiguration file sets, or why it is none. What it does not set is absent. */
export function kubeletConfigFacts(content: string): Facts {
  const parsed = yamlIn(content);
  if (!parsed.ok) return { "kubelet.config.valid": false, "kubelet.config.error": parsed.problem };
  const config = configuration.safeParse(parsed.value);
  if (!config.success)
    return { "kubelet.config.valid": false, "kubelet.config.error": problemOf(config.error), ...kindOf(parsed.value) };
  const { data } = config;
  if (data.kind !== "KubeletConfiguration" || !data.apiVersion.startsWith("kubelet.config.k8s.io/")) {
    return {
      "kubelet.config.valid": false,
      "kubelet.config.error": `kind ${data.kind} of ${data.apiVersion}`,
      ...kindOf(parsed.value),
    };
  }
  return {
    "kubelet.config.valid": true,
    "kubelet.config.error": null,
    "kubelet.config.kind": data.kind,
    ...settings(data),
  };
}

function settings(data: z.infer<typeof configuration>): Facts {
  return facts({
    "kubelet.config.cgroupDriver": data.cgroupDriver ?? null,
    "kubelet.config.failSwapOn": data.failSwapOn ?? null,
    "kubelet.config.rotateCertificates": data.rotateCertificates ?? null,
    "kubelet.config.registerNode": data.registerNode ?? null,
    "kubelet.config.serverTlsBootstrap": data.serverTLSBootstrap ?? null,
    "kubelet.config.tlsCertFile": data.tlsCertFile ?? null,
    "kubelet.config.protectKernelDefaults": data.protectKernelDefaults ?? null,
    "kubelet.config.maxPods": data.maxPods ?? null,
    "kubelet.config.resolvConf": data.resolvConf ?? null,
    "kubelet.config.runtimeEndpoint": data.containerRuntimeEndpoint ?? null,
    "kubelet.config.staticPodPath": data.staticPodPath ?? null,
    "kubelet.config.clientCA": data.authentication?.x509?.clientCAFile ?? null,
    "kubelet.config.cpuManagerPolicy": data.cpuManagerPolicy ?? null,
    "kubelet.config.evictionHard": rowsOf(data.evictionHard, (signal, threshold) => ({ signal, threshold })),
    "kubelet.config.featureGates": rowsOf(data.featureGates, (name, value) => ({ name, value })),
  });
}

function rowsOf<Value, Row>(
  map: Readonly<Record<string, Value>> | null | undefined,
  row: (name: string, value: Value) => Row,
) {
  return map === null || map === undefined ? null : Object.entries(map).map(([name, value]) => row(name, value));
}

function kindOf(document: unknown): Facts {
  const kind = z.object({ kind: z.string() }).safeParse(document).data?.kind;
  return kind === undefined ? {} : { "kubelet.config.kind": kind };
}

function problemOf(error: z.ZodError): string {
  const first = error.issues[0];
  return `${first?.path.join(".") || "document"}: ${first?.message ?? "not a KubeletConfiguration"}`;
}
