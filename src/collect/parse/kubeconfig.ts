import { Buffer } from "node:buffer";
import { z } from "zod";
import type { Result } from "../../shared/result.ts";
import { failed, ok } from "../../shared/result.ts";
import { type Certificate, certificateIn } from "./certificate.ts";
import { yamlIn } from "./yaml.ts";

/** What is kept of a kubeconfig: never a key, a token or a password, only whether there is one. */
export interface Kubeconfig {
  readonly server: string | undefined;
  readonly caPath: string | undefined;
  readonly ca: Certificate | undefined;
  readonly clientCertificatePath: string | undefined;
  readonly clientCertificate: Certificate | undefined;
  readonly hasToken: boolean;
}

const text = z.string().optional();
const cluster = z.object({ server: text, "certificate-authority": text, "certificate-authority-data": text });
const user = z.object({
  "client-certificate": text,
  "client-certificate-data": text,
  // What stands in its place once it is masked, "[masked]", is a list to YAML.
  token: z.unknown().optional(),
  tokenFile: text,
  exec: z.unknown().optional(),
});
const schema = z.object({
  "current-context": text,
  clusters: z.array(z.object({ name: z.string(), cluster })).min(1),
  users: z.array(z.object({ name: z.string(), user: user.nullish() })).optional(),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: text, user: text }) })).optional(),
});

/** The current context of a kubeconfig, or why the file cannot be read as one. */
export function kubeconfigIn(content: string): Result<Kubeconfig, string> {
  const parsed = yamlIn(content);
  if (!parsed.ok) return parsed;
  const config = schema.safeParse(parsed.value);
  if (!config.success) {
    const first = config.error.issues[0];
    return failed(`${first?.path.join(".") || "document"}: ${first?.message ?? "no kubeconfig"}`);
  }
  const { data } = config;
  const context = data.contexts?.find(({ name }) => name === data["current-context"])?.context;
  const chosen = data.clusters.find(({ name }) => name === context?.cluster) ?? data.clusters[0];
  const who = data.users?.find(({ name }) => name === context?.user) ?? data.users?.[0];
  return ok({
    server: chosen?.cluster.server,
    caPath: chosen?.cluster["certificate-authority"],
    ca: inline(chosen?.cluster["certificate-authority-data"]),
    clientCertificatePath: who?.user?.["client-certificate"],
    clientCertificate: inline(who?.user?.["client-certificate-data"]),
    hasToken: who?.user?.token !== undefined || who?.user?.tokenFile !== undefined,
  });
}

function inline(data: string | undefined): Certificate | undefined {
  return data === undefined || data.length > 200_000
    ? undefined
    : certificateIn(Buffer.from(data, "base64").toString("latin1"));
}
