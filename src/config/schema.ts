import { z } from "zod";
import { areas, httpsLink } from "../knowledge/schema.ts";
import { digestSchema } from "./digest.ts";
import { cloudSchema, logsSchema, metricsSchema } from "./outside.ts";
import { actingSchema, sshSchema } from "./ssh.ts";
import { kubeletApiSchema, podExecSchema } from "./ways-in.ts";

/** The form of the config file. Secrets are never in it: they come from the environment or from files. */

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, "a name is up to 63 letters, digits, dots, - and _");
const path = z.string().min(1);

const clusterParts = z.strictObject({
  name,
  kubeconfig: path.optional(),
  context: z.string().optional(),
  ssh: sshSchema.optional(),
  /** Without it no fix is offered in this cluster. */
  acting: actingSchema.optional(),
  /** The kubelet's own API; off by default. */
  kubeletApi: kubeletApiSchema.optional(),
  /** Pods that run the commands where SSH cannot; none by default. */
  podExec: podExecSchema.optional(),
  /** Whoever runs the machines; nobody by default. */
  cloud: cloudSchema.optional(),
  /** Where the nodes' metrics and logs are kept. */
  metrics: metricsSchema.optional(),
  logs: logsSchema.optional(),
  /** Hosts that may have no Node object: a kubelet that cannot register is a common case. */
  inventory: z.array(z.strictObject({ name, address: z.string().min(1) })).default([]),
});

export const clusterSchema = clusterParts.superRefine(({ ssh, acting }, context) => {
  for (const [key, login] of [["ssh", ssh] as const, ["acting", acting] as const]) {
    if (login?.transport !== "exec" || login.exec !== undefined) continue;
    context.addIssue({ code: "custom", path: [key, "transport"], message: "transport: exec needs exec.argv" });
  }
  for (const key of ["user", "identityFile"] as const) {
    if (acting === undefined || ssh?.[key] !== acting[key]) continue;
    const message = "the login that acts must not be the one that reads";
    context.addIssue({ code: "custom", path: ["acting", key], message });
  }
});
export type ClusterConfig = z.infer<typeof clusterSchema>;

const people = z.strictObject({
  users: z.array(z.string()).default([]),
  groups: z.array(z.string()).default([]),
});

export const slackSchema = z.strictObject({
  /** Channel where one may ask, by name with # or by id. */
  channel: z.string().min(1).optional(),
  /** Short form of roles.operators.users. */
  operators: z.array(z.string()).default([]),
  roles: z.strictObject({ operators: people.optional(), approvers: people.optional() }).optional(),
  /** The slash command's own name. */
  command: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/)
    .default("/node"),
  mode: z.enum(["socket", "http"]).default("socket"),
  port: z.number().int().min(0).max(65_535).default(3000),
});
export type SlackConfig = z.infer<typeof slackSchema>;

const wait = z.string().regex(/^\d+(s|m|h)$/, "a time is a number and s, m or h, as in 15m");

/** `propose` shows what a fix would do and runs nothing; `confirm` runs it after a confirmation. */
const modes = z.enum(["off", "propose", "confirm"]);

const remediationSchema = z.strictObject({
  mode: modes.default("off"),
  /** How long a shown fix may be confirmed. */
  expiry: wait.default("15m"),
  /** After the fix the node has to be Ready within this time… */
  readyWithin: wait.default("5m"),
  /** …and to stay so for this. */
  hold: wait.default("5m"),
  /** Between two fixes of one node. */
  cooldown: wait.default("10m"),
  limits: z
    .strictObject({
      /** No fix while more than this share of the nodes, rounded up, is NotReady. */
      notReadyPercent: z.number().int().min(1).max(100).default(20),
      /** Nodes of one cluster under repair at once. */
      atOnce: z.number().int().min(1).max(100).default(3),
    })
    .prefault({}),
});
export type RemediationConfig = z.infer<typeof remediationSchema>;

const ownerParts = z.strictObject({
  /** What it is about: each one that is named has to fit, and of several rules the one that names most wins. */
  cluster: z.string().min(1).optional(),
  pool: z.string().min(1).optional(),
  area: z.enum(areas).optional(),
  cause: z.string().min(1).optional(),
  owner: z.string().trim().min(1).max(200).optional(),
  runbook: httpsLink.optional(),
});
const ownerSchema = ownerParts.refine(({ owner, runbook }) => owner !== undefined || runbook !== undefined, {
  error: "names neither an owner nor a runbook",
});

const seconds = z.string().regex(/^\d+(s|m)$/, "a time is a number and s or m, as in 20s");

export const configSchema = z.strictObject({
  clusters: z.array(clusterSchema).default([]),
  store: z.strictObject({ dir: path.optional() }).default({}),
  slack: slackSchema.prefault({}),
  knowledge: z.strictObject({ paths: z.array(path).default([]) }).prefault({}),
  /** Who answers for what, shown in the answers. */
  owners: z.array(ownerSchema).default([]),
  digest: digestSchema.prefault({}),
  /** The answer comes within this time, with whatever could be read. */
  deadline: seconds.default("20s"),
  /** A plain word is the mode. */
  remediation: z
    .union([modes.transform((mode) => remediationSchema.parse({ mode })), remediationSchema])
    .prefault("off"),
});
export type Config = z.infer<typeof configSchema>;
