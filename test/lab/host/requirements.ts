import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { OperatorError } from "../../../src/shared/errors.ts";
import { run, searchPath } from "./run.ts";

/** What the lab runs on the host, and the Debian package that has it; null: not to be had from Debian's own. */
const programs: Readonly<Record<string, string | null>> = {
  "systemd-nspawn": "systemd-container",
  debootstrap: "debootstrap",
  etcd: "etcd-server",
  ssh: "openssh-client",
  "ssh-keygen": "openssh-client",
  openssl: "openssl",
  ip: "iproute2",
  nsenter: "util-linux",
  losetup: "mount",
  "mkfs.ext4": "e2fsprogs",
  go: null,
};

/** Throws an OperatorError of one line where this host cannot run the lab. `install`: Debian's packages may be added. */
export async function requireHost(install: boolean): Promise<void> {
  if (process.platform !== "linux") throw new OperatorError("the lab needs Linux");
  if (process.getuid?.() !== 0) throw new OperatorError("the lab needs root, for its namespaces, mounts and cgroups");
  const packages = packagesOf(missingPrograms());
  if (packages.length > 0 && install) await installPackages(packages);
  const missing = missingPrograms();
  if (missing.length > 0) throw new OperatorError(`the lab lacks ${missing.map(named).join(", ")}`, advice(missing));
  if (!existsSync("/dev/loop-control"))
    throw new OperatorError("the lab needs loop devices: there is no /dev/loop-control");
}

/** Of the programs the lab runs, those that are not installed. */
export function missingPrograms(installed: (program: string) => boolean = isInstalled): readonly string[] {
  return Object.keys(programs).filter((program) => !installed(program));
}

/** The Debian packages that have them. */
export function packagesOf(missing: readonly string[]): readonly string[] {
  return [...new Set(missing.flatMap((program) => programs[program] ?? []))];
}

const named = (program: string): string =>
  programs[program] == null ? program : `${program} (Debian package ${programs[program]})`;

function advice(missing: readonly string[]): readonly string[] {
  const packages = packagesOf(missing);
  return packages.length === 0 ? [] : [`apt-get install ${packages.join(" ")}, or pass --install`];
}

function isInstalled(program: string): boolean {
  return searchPath.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function installPackages(packages: readonly string[]): Promise<void> {
  // RUNLEVEL: a package's own daemon (etcd) is not started; the lab runs its own.
  const env = { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  await run(["apt-get", "update", "-qq"], { env });
  await run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", ...packages], { env });
}
