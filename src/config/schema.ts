import { z } from "zod";

/** The form of the config file. Secrets are never in it: they come from the environment or from files. */

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, "a name is up to 63 letters, digits, dots, - and _");
const path = z.string().min(1);

export const sshSchema = z.strictObject({
  user: z.string().min(1).optional(),
  port: z.number().int().min(1).max(65_535).optional(),
  identityFile: path.optional(),
  /** A file that holds the key's passphrase. */
  passphraseFile: path.optional(),
  /** Socket of an SSH agent; `true` takes SSH_AUTH_SOCK. */
  agent: z.union([z.boolean(), z.string()]).optional(),
  knownHostsFile: path.optional(),
  addressType: z.enum(["InternalIP", "ExternalIP", "Hostname"]).optional(),
  /** An OpenSSH client config; default ~/.ssh/config. */
  configFile: path.optional(),
});
export type SshConfig = z.infer<typeof sshSchema>;

export const clusterSchema = z.strictObject({
  name,
  kubeconfig: path.optional(),
  context: z.string().optional(),
  ssh: sshSchema.optional(),
  /** Hosts that may have no Node object: a kubelet that cannot register is a common case. */
  inventory: z.array(z.strictObject({ name, address: z.string().min(1) })).default([]),
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

const seconds = z.string().regex(/^\d+(s|m)$/, "a time is a number and s or m, as in 20s");

export const configSchema = z.strictObject({
  clusters: z.array(clusterSchema).default([]),
  store: z.strictObject({ dir: path.optional() }).default({}),
  slack: slackSchema.prefault({}),
  knowledge: z.strictObject({ paths: z.array(path).default([]) }).prefault({}),
  /** The answer comes within this time, with whatever could be read. */
  deadline: seconds.default("20s"),
  remediation: z.enum(["off", "propose", "confirm"]).default("off"),
});
export type Config = z.infer<typeof configSchema>;
