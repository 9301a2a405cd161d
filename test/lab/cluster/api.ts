import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { z } from "zod";
import { ExternalError } from "../../../src/shared/errors.ts";
import { until } from "../host/wait.ts";
import { gateway, type Place, pkiDir } from "../place.ts";

export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
}

/** Asks the lab's API server as its administrator. Rejects where it cannot be reached within the time. */
export type Api = (method: string, path: string, body?: unknown) => Promise<ApiAnswer>;

const types: Readonly<Record<string, string>> = { PATCH: "application/merge-patch+json" };

export function apiOf(place: Place, timeoutMs = 5_000): Api {
  const file = (name: string): Buffer => readFileSync(join(pkiDir(place), name));
  const agent = new Agent({ keepAlive: true, ca: file("ca.crt"), cert: file("admin.crt"), key: file("admin.key") });
  const base = { agent, host: gateway(place), port: 6443, timeout: timeoutMs };
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const headers = { "content-type": types[method] ?? "application/json" };
      const asked = request({ ...base, method, path, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
      });
      asked.on("timeout", () => asked.destroy(new Error(`${method} ${path}: no answer`)));
      asked.on("error", reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().default(""),
  message: z.string().default(""),
});
const nodeSchema = z.object({ status: z.object({ conditions: z.array(conditionSchema).default([]) }).prefault({}) });
export type Condition = z.infer<typeof conditionSchema>;

/** The conditions of a node; null: there is no such Node object. Rejects where the API server does not answer. */
export async function conditionsOf(api: Api, node: string): Promise<readonly Condition[] | null> {
  const { status, body } = await api("GET", `/api/v1/nodes/${node}`);
  if (status === 404) return null;
  if (status !== 200) throw new Error(`GET node ${node}: ${status}`);
  return nodeSchema.parse(JSON.parse(body)).status.conditions;
}

const eventsSchema = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

/** Takes a node out of the API: its object, lease and events, so that a name begins anew. A busy server is asked again. */
export async function forgetNode(api: Api, node: string): Promise<void> {
  const gone = await until(60, () => forgetOnce(api, node).catch(() => false), 1_000);
  if (gone === null) throw new ExternalError("kubernetes", `${node} could not be deleted: no answer`, true);
}

async function forgetOnce(api: Api, node: string): Promise<boolean> {
  await api("DELETE", `/api/v1/nodes/${node}`);
  await api("DELETE", `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${node}`);
  const { body } = await api("GET", `/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=${node}`);
  const events = eventsSchema.safeParse(JSON.parse(body));
  for (const { metadata } of events.data?.items ?? [])
    await api("DELETE", `/api/v1/namespaces/default/events/${metadata.name}`);
  return true;
}
