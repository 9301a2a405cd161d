import { z } from "zod";
import { milliseconds } from "../shared/duration.ts";

/** Who is asked that does not live on the node: the keys `clusters[].cloud`, `clusters[].metrics` and `clusters[].logs`. */

const path = z.string().min(1);
const timeout = z
  .string()
  .regex(/^[1-8]s$/, "a time from 1s to 8s")
  .default("3s")
  .transform(milliseconds);
const address = z.url({ protocol: /^https?$/ }).refine((url) => !url.includes("@"), "no user or password: use a file");

/** Where the credential comes from. A program prints it, a file holds it, or the machine we run on has it. */
const credential = z
  .union([
    z.literal("metadata").transform(() => ({ kind: "metadata" as const })),
    z.strictObject({ file: path }).transform(({ file }) => ({ kind: "file" as const, file })),
    z
      .strictObject({ exec: z.array(z.string().min(1).max(4_096)).min(1).max(64) })
      .transform(({ exec }) => ({ kind: "exec" as const, argv: exec })),
  ])
  .prefault("metadata");

const api = { credential, endpoint: address.transform((url) => url.replace(/\/+$/, "")).optional(), timeout };

export const cloudSchema = z.discriminatedUnion("provider", [
  z.strictObject({
    provider: z.literal("aws"),
    /** Default: the one in the node's providerID. */
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/)
      .optional(),
    ...api,
  }),
  z.strictObject({ provider: z.literal("gcp"), ...api }),
  z.strictObject({ provider: z.literal("azure"), ...api }),
  z.strictObject({
    provider: z.literal("redfish"),
    /** Of the management controllers, with {node} or {address}. */
    address: z
      .string()
      .regex(/^https:\/\/[A-Za-z0-9.:{}-]{1,300}\/?$/, "https:// and a host with {node} or {address}")
      .refine((text) => /\{(node|address)\}/.test(text), "{node} or {address} has to be in it"),
    userFile: path,
    passwordFile: path,
    caFile: path.optional(),
    timeout,
  }),
]);
export type CloudConfig = z.infer<typeof cloudSchema>;

const name = /^[A-Za-z_@][A-Za-z0-9_.@-]{0,199}$/;
/** Values may hold {node} and {address}. */
const labels = z.record(z.string().regex(name), z.string().max(500)).refine((all) => Object.keys(all).length > 0, {
  error: "names no label",
});
const store = { tokenFile: path.optional(), caFile: path.optional(), tenant: z.string().max(150).optional(), timeout };

export const metricsSchema = z.strictObject({ prometheus: address, labels: labels.optional(), ...store });
export type MetricsConfig = z.infer<typeof metricsSchema>;

export const logsSchema = z
  .strictObject({
    loki: address.optional(),
    elasticsearch: address.optional(),
    index: z.string().min(1).max(255).optional(),
    labels: labels.optional(),
    ...store,
  })
  .refine(({ loki, elasticsearch }) => (loki === undefined) !== (elasticsearch === undefined), {
    error: "one of loki and elasticsearch has to be in it",
  });
export type LogsConfig = z.infer<typeof logsSchema>;

type At = (path: string) => string;
const fileKeys = ["userFile", "passwordFile", "caFile", "tokenFile"] as const;

/** The same with its files counted from the config file; a program named by a path too. */
export function outsidePaths<T extends CloudConfig | MetricsConfig | LogsConfig>(given: T, at: At): T {
  const held: Readonly<Record<string, unknown>> = given;
  const files = fileKeys.flatMap((key) => {
    const file = held[key];
    return typeof file === "string" ? [[key, at(file)] as const] : [];
  });
  const found = "credential" in given ? { credential: credentialPaths(given.credential, at) } : {};
  return { ...given, ...Object.fromEntries(files), ...found };
}

type Credential = z.infer<typeof credential>;

function credentialPaths(given: Credential, at: At): Credential {
  if (given.kind === "file") return { ...given, file: at(given.file) };
  if (given.kind === "metadata") return given;
  const [program = "", ...rest] = given.argv;
  return { ...given, argv: [/^(\.|~\/)/.test(program) ? at(program) : program, ...rest] };
}
