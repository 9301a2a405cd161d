import type { CloudReader, LogsReader, MetricsReader, Ports } from "../collect/ports.ts";
import { programEnvironment } from "../config/load.ts";
import type { CloudConfig, LogsConfig, MetricsConfig } from "../config/outside.ts";
import type { ClusterConfig } from "../config/schema.ts";
import { systemClock } from "../platform/clock.ts";

/** Those who are asked beside the node itself. Their code is loaded with the first question, and never without one. */
export function outsideOf({ cloud, metrics, logs }: ClusterConfig): Pick<Ports, "cloud" | "metrics" | "logs"> {
  return {
    ...(cloud === undefined ? {} : { cloud: cloudOf(cloud) }),
    ...(metrics === undefined ? {} : { metrics: metricsOf(metrics) }),
    ...(logs === undefined ? {} : { logs: logsOf(logs) }),
  };
}

function cloudOf(config: CloudConfig): CloudReader {
  const reader = once(() => readerOf(config));
  return { get: async (...question) => (await reader()).get(...question) };
}

async function readerOf(config: CloudConfig): Promise<CloudReader> {
  const { httpAsk: ask } = await import("../platform/cloud/http.ts");
  const tools = { clock: systemClock, ask, env: programEnvironment() };
  if (config.provider === "redfish") {
    const { redfishReader } = await import("../platform/cloud/redfish.ts");
    return redfishReader(given({ ...config, timeoutMs: config.timeout }), tools);
  }
  const settings = given({ ...config, timeoutMs: config.timeout });
  if (config.provider === "gcp") return (await import("../platform/cloud/google.ts")).googleReader(settings, tools);
  if (config.provider === "azure") return (await import("../platform/cloud/azure.ts")).azureReader(settings, tools);
  return (await import("../platform/cloud/aws.ts")).awsReader(settings, tools);
}

function metricsOf(config: MetricsConfig): MetricsReader {
  const reader = once(async () => {
    const [{ prometheusReader }, { httpAsk: ask }] = await Promise.all([
      import("../platform/cloud/prometheus.ts"),
      import("../platform/cloud/http.ts"),
    ]);
    const settings = given({ ...config, url: config.prometheus, timeoutMs: config.timeout });
    return prometheusReader(settings, { clock: systemClock, ask });
  });
  return { range: async (...question) => (await reader()).range(...question) };
}

function logsOf(config: LogsConfig): LogsReader {
  const reader = once(async () => {
    const [{ logsReader }, { httpAsk: ask }] = await Promise.all([
      import("../platform/cloud/log-stores.ts"),
      import("../platform/cloud/http.ts"),
    ]);
    const store = config.loki === undefined ? "elasticsearch" : "loki";
    const url = config.loki ?? config.elasticsearch ?? "";
    return logsReader(given({ ...config, store, url, timeoutMs: config.timeout } as const), {
      clock: systemClock,
      ask,
    });
  });
  return { tail: async (...question) => (await reader()).tail(...question) };
}

type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the keys that the config leaves out. */
function given<T extends object>(all: T): Given<T> {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Given<T>;
}

function once<Outcome>(make: () => Promise<Outcome>): () => Promise<Outcome> {
  let made: Promise<Outcome> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
