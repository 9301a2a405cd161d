import type { FactSpec } from "../../facts/fact.ts";
import { kubeletConfigSpecs } from "./kubelet-config-file.ts";
import { type Facts, facts, integer, shown } from "./reading.ts";

export interface Flag {
  readonly name: string;
  readonly value: string;
}

/** The flags in a command line: `--name=value`, `--name value`, a bare `--name` counts as true. */
export function flagsIn(command: string): readonly Flag[] {
  const words = command.replaceAll(/["'\\]/g, "").split(/\s+/);
  return words.flatMap((word, index) => {
    const parts = /^--?([a-z][a-z0-9.-]{0,80})(?:=(.*))?$/.exec(word);
    if (parts?.[1] === undefined || !word.startsWith("--")) return [];
    const next = words[index + 1] ?? "";
    return [{ name: parts[1], value: parts[2] ?? (next === "" || next.startsWith("-") ? "true" : next) }];
  });
}

/** Settings that a flag may give as well as the file. */
const settings = [
  "cgroupDriver",
  "failSwapOn",
  "rotateCertificates",
  "maxPods",
  "resolvConf",
  "runtimeEndpoint",
  "staticPodPath",
  "clientCA",
  "cpuManagerPolicy",
].map((name) => `kubelet.config.${name}`);
const settingSpecs = Object.fromEntries(Object.entries(kubeletConfigSpecs).filter(([name]) => settings.includes(name)));

export const flagSpecs: Readonly<Record<string, FactSpec>> = {
  "kubelet.flags": { type: "rows", says: "the kubelet's command-line flags", columns: ["name", "value"] },
  "kubelet.execStart": { type: "string", says: "the command that starts the kubelet" },
  "kubelet.binary": { type: "string", says: "the kubelet's executable" },
  "kubelet.kubeconfigPath": { type: "string", says: "the kubeconfig the kubelet uses" },
  "kubelet.bootstrapKubeconfigPath": { type: "string", says: "the kubeconfig the kubelet bootstraps with" },
  "kubelet.configPath": { type: "string", says: "the config file the kubelet is told to read" },
  "kubelet.nodeName": { type: "string", says: "the node name given by --hostname-override" },
  ...settingSpecs,
};

/** Flags win over the config file, so what a flag sets is given under the config's names too. */
export function flagFacts(flags: readonly Flag[], line: string | undefined): Facts {
  const last = (name: string) => flags.findLast((flag) => flag.name === name)?.value || undefined;
  const text = (name: string) => quoted(last(name), line);
  const yes = (name: string) => {
    const value = last(name);
    return value === undefined ? undefined : shown(value === "true", line);
  };
  return facts({
    "kubelet.flags": flags.map(({ name, value }) => ({ name, value })),
    "kubelet.kubeconfigPath": text("kubeconfig") ?? null,
    "kubelet.bootstrapKubeconfigPath": text("bootstrap-kubeconfig") ?? null,
    "kubelet.configPath": text("config") ?? null,
    "kubelet.nodeName": text("hostname-override") ?? null,
    "kubelet.config.cgroupDriver": text("cgroup-driver"),
    "kubelet.config.failSwapOn": yes("fail-swap-on"),
    "kubelet.config.rotateCertificates": yes("rotate-certificates"),
    "kubelet.config.maxPods": integer(last("max-pods")),
    "kubelet.config.resolvConf": text("resolv-conf"),
    "kubelet.config.runtimeEndpoint": text("container-runtime-endpoint"),
    "kubelet.config.staticPodPath": text("pod-manifest-path"),
    "kubelet.config.clientCA": text("client-ca-file"),
    "kubelet.config.cpuManagerPolicy": text("cpu-manager-policy"),
  });
}

function quoted(value: string | undefined, line: string | undefined) {
  return value === undefined ? undefined : shown(value, line);
}
