import { existsSync } from "node:fs";
import { KubeConfig } from "@kubernetes/client-node";
import { messageOf, OperatorError } from "../../shared/errors.ts";

/** Where the way to a cluster is written down. `files` are merged in order, as kubectl merges KUBECONFIG. */
export type KubeconfigSource =
  | { readonly kind: "files"; readonly files: readonly string[]; readonly context?: string }
  /** The pod's own service account. */
  | { readonly kind: "in-cluster" };

/**
 * Reads a kubeconfig and settles on one context.
 * @throws OperatorError where a file is missing or malformed, or the context or what it names is not there.
 */
export function loadKubeconfig(source: KubeconfigSource): KubeConfig {
  if (source.kind === "in-cluster") {
    const config = new KubeConfig();
    config.loadFromCluster();
    return config;
  }
  const [first, ...more] = source.files.filter((file) => existsSync(file));
  if (first === undefined) {
    throw new OperatorError(`no kubeconfig at ${source.files.join(", ") || "any path"}`, [
      "set clusters[].kubeconfig in the config file, or KUBECONFIG",
      "check that the user node-why runs as may read it",
    ]);
  }
  const config = loadedFrom(first);
  for (const file of more) merge(config, loadedFrom(file));
  choose(config, source.context, first);
  return config;
}

function loadedFrom(file: string): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromFile(file);
    return config;
  } catch (thrown) {
    throw new OperatorError(
      `${file} is not a kubeconfig: ${messageOf(thrown)}`,
      [`run: kubectl --kubeconfig ${file} config view`],
      { cause: thrown },
    );
  }
}

/** What is named in several files counts as the first has it (the client's own merge throws there). */
function merge(config: KubeConfig, more: KubeConfig): void {
  config.clusters = firstOfEach([...config.clusters, ...more.clusters]);
  config.users = firstOfEach([...config.users, ...more.users]);
  config.contexts = firstOfEach([...config.contexts, ...more.contexts]);
  if (!config.getCurrentContext()) config.setCurrentContext(more.getCurrentContext());
}

function firstOfEach<Entry extends { readonly name: string }>(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ name }, index) => entries.findIndex((entry) => entry.name === name) === index);
}

function choose(config: KubeConfig, context: string | undefined, file: string): void {
  const wanted = context ?? config.getCurrentContext();
  const names = config.getContexts().map(({ name }) => name);
  if (!wanted || !names.includes(wanted)) {
    const said = wanted ? `has no context "${wanted}"` : "names no current context";
    throw new OperatorError(`${file} ${said}`, [
      names.length > 0 ? `set clusters[].context to one of: ${names.join(", ")}` : "add a context to the file",
    ]);
  }
  config.setCurrentContext(wanted);
  const { cluster, user } = config.getContextObject(wanted) ?? { cluster: "", user: "" };
  if (config.getCurrentCluster() === null) throw dangling(file, wanted, "cluster", cluster);
  if (config.getCurrentUser() === null) throw dangling(file, wanted, "user", user);
}

function dangling(file: string, context: string, what: string, name: string): OperatorError {
  return new OperatorError(`${file}: context "${context}" names the ${what} "${name}", which is not there`, [
    `add the ${what} to the file, or choose another context with clusters[].context`,
  ]);
}
