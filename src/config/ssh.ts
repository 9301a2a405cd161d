import { z } from "zod";
import { milliseconds } from "../shared/duration.ts";

/** How nodes are logged in to: the keys below `clusters[].ssh` and `clusters[].acting`. */

const path = z.string().min(1);
const word = z.string().min(1).max(4_096);
const wait = z
  .string()
  .regex(/^\d+(s|m)$/, "a time is a number and s or m, as in 20s")
  .transform(milliseconds);

const placeholder = /\{[^{}\s"]*\}/g;
const known = ["{host}", "{node}", "{user}", "{port}", "{command}", "{command:json}", "{command...}"];
const shells = /(?:^|\/)(?:ba|da|z|k|c|tc|fi)?sh$/;

/** No shell may stand before the words: a template is filled with names from the cluster. */
const template = z
  .array(word)
  .min(1)
  .max(64)
  .superRefine((argv, context) => {
    const found = argv.flatMap((one) => one.match(placeholder) ?? []);
    const problem = (message: string): void => context.addIssue({ code: "custom", message });
    for (const one of found) {
      if (!known.includes(one)) problem(`${one} is no placeholder; there are ${known.join(" ")}`);
    }
    if (found.filter((one) => one.startsWith("{command")).length !== 1) {
      problem("one of {command}, {command:json} and {command...} has to be in it, once");
    }
    if (!found.some((one) => one === "{host}" || one === "{node}")) problem("{host} or {node} has to be in it");
    if (argv.some((one) => one.includes("{command...}") && one !== "{command...}")) {
      problem("{command...} stands for several words and has to be a word of its own");
    }
    if (shells.test(argv[0] ?? "")) problem("a shell would take the command apart; name the tool itself");
  });

const exec = z.strictObject({
  /** The tool and its arguments, with {host} {node} {user} {port} and a command. */
  argv: template,
  /** How long the tool may take until the command begins. */
  startTimeout: wait.optional(),
});

const credential = z.strictObject({
  /** A program that prints a short-lived credential as JSON. */
  exec: z.array(word).min(1).max(64),
  timeout: wait.optional(),
  renewBefore: wait.optional(),
});

export const sshSchema = z.strictObject({
  /** The built-in client, OpenSSH's, or a tool of your own; `auto` takes OpenSSH's where a host needs it. */
  transport: z.enum(["auto", "ssh2", "openssh", "exec"]).optional(),
  user: z.string().min(1).optional(),
  port: z.number().int().min(1).max(65_535).optional(),
  identityFile: path.optional(),
  /** A file that holds the key's passphrase. */
  passphraseFile: path.optional(),
  /** A user certificate for identityFile. */
  certificateFile: path.optional(),
  /** Socket of an SSH agent; `true` takes SSH_AUTH_SOCK. */
  agent: z.union([z.boolean(), z.string()]).optional(),
  knownHostsFile: path.optional(),
  addressType: z
    .union([
      z.enum(["InternalIP", "ExternalIP", "Hostname"]),
      z.templateLiteral(["annotation:", z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,316}$/)]),
    ])
    .optional(),
  /** An OpenSSH client config; default ~/.ssh/config. */
  configFile: path.optional(),
  /** Bastions in order, as `ssh -J` takes them. */
  proxyJump: z
    .string()
    .regex(/^[A-Za-z0-9[][^\s-][^\s]*$/, "hosts as in ssh -J: user@host:port, several with commas")
    .optional(),
  /** Logins under way at once to one bastion. */
  loginsAtOnce: z.number().int().min(1).max(100).optional(),
  exec: exec
    .transform(({ argv, startTimeout }) => ({
      argv,
      ...(startTimeout === undefined ? {} : { startTimeoutMs: startTimeout }),
    }))
    .optional(),
  credential: credential
    .transform(({ exec: argv, timeout, renewBefore }) => ({
      argv,
      ...(timeout === undefined ? {} : { timeoutMs: timeout }),
      ...(renewBefore === undefined ? {} : { renewBeforeMs: renewBefore }),
    }))
    .optional(),
});
export type SshConfig = z.infer<typeof sshSchema>;

/** The login that changes nodes: never the one that reads them, so both parts that tell them apart have to be said. */
export const actingSchema = sshSchema.extend({ user: z.string().min(1), identityFile: path });
