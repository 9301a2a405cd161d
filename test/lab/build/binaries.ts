import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../host/run.ts";
import { binDir, type Place } from "../place.ts";

const version = "v1.34.4";
const about = (name: string, value: string): string => `-X k8s.io/component-base/version.${name}=${value}`;
const kubernetesFlags = ["-s", "-w", about("gitVersion", version), about("gitMajor", "1"), about("gitMinor", "34")];

/** What Debian does not package, and the Go module in this folder that has it in its go.mod. */
const programs = [
  { name: "kubelet", module: "control-plane", source: "k8s.io/kubernetes/cmd/kubelet", flags: kubernetesFlags },
  {
    name: "kube-apiserver",
    module: "control-plane",
    source: "k8s.io/kubernetes/cmd/kube-apiserver",
    flags: kubernetesFlags,
  },
  {
    name: "kube-controller-manager",
    module: "control-plane",
    source: "k8s.io/kubernetes/cmd/kube-controller-manager",
    flags: kubernetesFlags,
  },
  { name: "crictl", module: "crictl", source: "sigs.k8s.io/cri-tools/cmd/crictl", flags: ["-s", "-w"] },
  { name: "pause", module: "pause", source: ".", flags: ["-s", "-w"] },
] as const;

/** Builds what is not in the cache; about 10 minutes on two cores the first time. */
export async function buildBinaries(place: Place, say: (line: string) => void): Promise<void> {
  mkdirSync(binDir(place), { recursive: true });
  for (const { name, module, source, flags } of programs) {
    const target = join(binDir(place), name);
    if (existsSync(target)) continue;
    say(`building ${name}`);
    const cwd = fileURLToPath(new URL(`./${module}/`, import.meta.url));
    const argv = ["go", "build", "-trimpath", "-ldflags", flags.join(" "), "-o", `${target}.partial`, source];
    await run(argv, { cwd, env: { CGO_ENABLED: "0" } });
    renameSync(`${target}.partial`, target);
  }
}
