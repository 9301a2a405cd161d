import { z } from "zod";
import type { Reader } from "../../facts/reader.ts";

const versions = z.record(z.string(), z.string());
const factOf: Readonly<Record<string, string>> = {
  kubelet: "kubelet.version",
  runtime: "runtime.version",
  kernel: "kernel.version",
  os: "os.name",
  systemd: "systemd.version",
};

/** The versions a case names. */
export const caseVersions: Reader = {
  id: "case-versions",
  provides: {
    "kubelet.version": { type: "string", says: "The kubelet's version." },
    "runtime.version": { type: "string", says: "The container runtime and its version." },
    "kernel.version": { type: "string", says: "The running kernel." },
    "os.name": { type: "string", says: "The operating system's name and version." },
    "systemd.version": { type: "string", says: "systemd's version." },
  },
  read: (answer) => {
    if (answer.kind !== "value") return {};
    const facts = Object.entries(named(answer.stdout)).flatMap(([name, version]) => {
      const fact = factOf[name];
      return fact ? [[fact, version] as const] : [];
    });
    return { facts: Object.fromEntries(facts) };
  },
};

function named(text: string): Readonly<Record<string, string>> {
  try {
    const parsed = versions.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    return {}; // not JSON: a bundle that was tampered with names no versions
  }
}
