import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseYaml } from "../knowledge/parse.ts";
import { messageOf, OperatorError } from "../shared/errors.ts";
import { outsidePaths } from "./outside.ts";
import { type ClusterConfig, type Config, configSchema } from "./schema.ts";
import type { SshConfig } from "./ssh.ts";

/** What comes from the environment: secrets and where to look. The only place that reads it. */
export interface Settings {
  readonly config: Config;
  /** The file it came from; null: none, defaults only. */
  readonly file: string | null;
  readonly kubeconfig: string | null;
  readonly mongodbUri: string | null;
  readonly slack: {
    readonly botToken: string | null;
    readonly appToken: string | null;
    readonly signingSecret: string | null;
    readonly apiUrl: string | null;
  };
  readonly storeDir: string;
  readonly sshAuthSock: string | null;
  /** It runs in a pod that has a service account. */
  readonly inCluster: boolean;
  readonly logLevel: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the config file named by `--config` or NODE_WHY_CONFIG, and the environment. Relative paths in
 * the file count from the file. Throws OperatorError with file, line and the nearest valid key.
 */
export function loadSettings(named: string | undefined, env: Environment = process.env): Settings {
  const file = named ?? env.NODE_WHY_CONFIG ?? null;
  const config = file === null ? configSchema.parse({}) : readConfig(file);
  const base = file === null ? process.cwd() : dirname(resolve(file));
  const state = env.XDG_STATE_HOME ?? join(homedir(), ".local", "state");
  return {
    config: absolutePaths(config, base),
    file,
    kubeconfig: filled(env.KUBECONFIG),
    mongodbUri: secret(env, "MONGODB_URI"),
    slack: {
      botToken: secret(env, "SLACK_BOT_TOKEN"),
      appToken: secret(env, "SLACK_APP_TOKEN"),
      signingSecret: secret(env, "SLACK_SIGNING_SECRET"),
      apiUrl: filled(env.SLACK_API_URL),
    },
    storeDir: config.store.dir === undefined ? join(state, "node-why") : resolve(base, config.store.dir),
    sshAuthSock: filled(env.SSH_AUTH_SOCK),
    inCluster: filled(env.KUBERNETES_SERVICE_HOST) !== null,
    logLevel: filled(env.LOG_LEVEL) ?? "info",
  };
}

function readConfig(file: string): Config {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (thrown) {
    throw new OperatorError(`cannot read the config ${file}: ${messageOf(thrown)}`, [
      "Name an existing file with --config or NODE_WHY_CONFIG.",
    ]);
  }
  const parsed = parseYaml(file, text.trim() === "" ? "{}" : text, configSchema);
  if (parsed.value) return parsed.value;
  const problems = parsed.problems.map(({ line, message }) => `${file}:${line ?? 1}: ${message}`);
  throw new OperatorError(problems.join("\n"), ["Mend the config; nothing was started."]);
}

/** A secret is the variable's value, or what the file named by NAME_FILE holds. */
function secret(env: Environment, name: string): string | null {
  const direct = filled(env[name]);
  const file = filled(env[`${name}_FILE`]);
  if (direct !== null || file === null) return direct;
  try {
    return filled(readFileSync(file, "utf8").trim());
  } catch (thrown) {
    throw new OperatorError(`cannot read ${name}_FILE: ${messageOf(thrown)}`, [
      `Check that ${file} exists and may be read.`,
    ]);
  }
}

function filled(value: string | undefined): string | null {
  return value === undefined || value === "" ? null : value;
}

function absolutePaths(config: Config, base: string): Config {
  const at = (path: string): string => resolve(base, path.replace(/^~(?=\/)/, homedir()));
  return {
    ...config,
    knowledge: { paths: config.knowledge.paths.map(at) },
    clusters: config.clusters.map((cluster) => ({
      ...cluster,
      ...(cluster.kubeconfig === undefined ? {} : { kubeconfig: at(cluster.kubeconfig) }),
      ...(cluster.kubeletApi?.caFile === undefined
        ? {}
        : { kubeletApi: { ...cluster.kubeletApi, caFile: at(cluster.kubeletApi.caFile) } }),
      ...outsideKeys(cluster, at),
      ...(cluster.ssh === undefined ? {} : { ssh: sshPaths(cluster.ssh, at) }),
      ...(cluster.acting === undefined ? {} : { acting: sshPaths(cluster.acting, at) }),
    })),
  };
}

function outsideKeys({ cloud, metrics, logs }: ClusterConfig, at: (path: string) => string): Partial<ClusterConfig> {
  return {
    ...(cloud === undefined ? {} : { cloud: outsidePaths(cloud, at) }),
    ...(metrics === undefined ? {} : { metrics: outsidePaths(metrics, at) }),
    ...(logs === undefined ? {} : { logs: outsidePaths(logs, at) }),
  };
}

const sshFiles = ["identityFile", "passphraseFile", "certificateFile", "knownHostsFile", "configFile"] as const;

function sshPaths<T extends SshConfig>(ssh: T, at: (path: string) => string): T {
  const found = sshFiles.flatMap((key) => {
    const path = ssh[key];
    return path === undefined ? [] : [[key, at(path)] as const];
  });
  const programs = (["exec", "credential"] as const).flatMap((key) => {
    const tool = ssh[key];
    return tool === undefined ? [] : [[key, { ...tool, argv: programPath(tool.argv, at) }] as const];
  });
  return { ...ssh, ...Object.fromEntries([...found, ...programs]) };
}

/** A program that is named by a path counts from the config file too; a bare name is looked up in PATH. */
function programPath(argv: readonly string[], at: (path: string) => string): readonly string[] {
  const [program = "", ...rest] = argv;
  return [/^(\.|~\/)/.test(program) ? at(program) : program, ...rest];
}

/** Secrets of our own, which no program that we start needs to see. */
const ownSecrets = /^(MONGODB_URI|SLACK_BOT_TOKEN|SLACK_APP_TOKEN|SLACK_SIGNING_SECRET)(_FILE)?$/;

/** The environment for programs that are started (ssh, tsh, what fetches credentials): ours without our secrets. */
export function programEnvironment(env: Environment = process.env): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ownSecrets.test(name)));
}
