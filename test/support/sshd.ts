import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyPair } from "./ssh-node.ts";

export interface SshdOptions {
  /** Lines for sshd_config; they win over ours. */
  readonly config?: readonly string[];
  /** Public keys that may log in as root and as `reader`. */
  readonly allowed: readonly string[];
  /** What stands in sudoers for `reader`; default: nothing. */
  readonly sudoers?: string;
  /** The login shell of `reader`; default /bin/sh. */
  readonly shell?: string;
  /** Shell text that runs inside before sshd starts, as root; $1 is the folder. */
  readonly before?: string;
  readonly hostKey?: string;
  /** A host certificate for the host key. */
  readonly hostCertificate?: string;
}

export interface Sshd {
  readonly port: number;
  readonly folder: string;
  readonly hostPublicKey: string;
  /** Command lines of all processes on its side, sshd's listener left out. */
  readonly processes: () => readonly string[];
  /** All files in the places where anybody may write. */
  readonly files: () => readonly string[];
  /** What sshd has logged so far. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

const inside = `
set -e
folder=$1
mount -t tmpfs -o mode=755 none /run && mkdir -p /run/sshd
mount -t tmpfs -o mode=700 none /root
mount -t tmpfs -o mode=755 none /home && mkdir /home/reader && chown 4242:4242 /home/reader
mount -t tmpfs none /var/tmp && chmod 1777 /var/tmp
mount --bind "$folder/passwd" /etc/passwd
mount --bind "$folder/shadow" /etc/shadow
mount --bind "$folder/sudoers" /etc/sudoers
if [ -f "$folder/before" ]; then . "$folder/before"; fi
mkdir "$folder/tmp" && chmod 1777 "$folder/tmp" && mount -t tmpfs none "$folder/tmp" && chmod 1777 "$folder/tmp"
exec /usr/sbin/sshd -f "$folder/sshd_config" -D -e
`;

/**
 * A real OpenSSH server on loopback with processes and accounts of its own, so that nothing on this machine changes
 * and all that lives there is what a login has left. Needs root and openssh-server.
 */
export async function startSshd(options: SshdOptions): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), "node-why-sshd-"));
  chmodSync(folder, 0o755); // sshd reads authorized_keys as the user
  const file = (name: string, content: string, mode = 0o600): string => {
    writeFileSync(join(folder, name), content, { mode });
    return join(folder, name);
  };
  const port = await freePort();
  const own = keyPair();
  const hostKey = file("host_key", options.hostKey ?? own.private);
  if (options.hostCertificate !== undefined) file("host_key-cert.pub", options.hostCertificate);
  const lines = [
    ...(options.config ?? []),
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    `HostKey ${hostKey}`,
    ...(options.hostCertificate === undefined ? [] : [`HostCertificate ${join(folder, "host_key-cert.pub")}`]),
    `AuthorizedKeysFile ${file("authorized_keys", `${options.allowed.join("\n")}\n`, 0o644)}`,
    "StrictModes no",
    "PermitRootLogin yes",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "UsePAM no",
    "PidFile none",
    "LogLevel VERBOSE",
  ];
  file("sshd_config", `${lines.join("\n")}\n`);
  const shell = options.shell ?? "/bin/sh";
  file("passwd", `${readFileSync("/etc/passwd", "utf8")}reader:x:4242:4242::/home/reader:${shell}\n`, 0o644);
  file("shadow", `${readFileSync("/etc/shadow", "utf8")}reader:*:19000:0:99999:7:::\n`);
  file("sudoers", `Defaults env_reset\nroot ALL=(ALL:ALL) ALL\n${options.sudoers ?? ""}\n`, 0o440);
  if (options.before !== undefined) file("before", options.before);
  const words = ["--mount", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c", inside, "sshd", folder];
  const child = spawn("unshare", words, { stdio: ["ignore", "ignore", "pipe"] });
  const log = await listening(child);
  const space = pidSpaceBelow(child.pid ?? 0);
  return {
    port,
    folder,
    hostPublicKey: own.public,
    processes: () => processesIn(space),
    files: () => filesOf(space),
    log,
    close: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listening(child: ChildProcess): Promise<() => string> {
  let said = "";
  return new Promise((resolve, reject) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("Server listening")) resolve(() => said);
    });
    child.once("exit", () => reject(new Error(`sshd did not start: ${said}`)));
    child.once("error", reject);
  });
}

interface Space {
  readonly name: string;
  readonly first: string;
}

const linkOf = (pid: string): string | null => {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return null; // it ended while we looked
  }
};

function pidSpaceBelow(parent: number): Space {
  const first = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim().split(" ")[0] ?? "";
  return { name: linkOf(first) ?? "", first };
}

function processesIn({ name, first }: Space): readonly string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || pid === first || linkOf(pid) !== name) return [];
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ").trim();
      const state = /^State:\s+(\S)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
      return state === "Z" ? [] : [words];
    } catch {
      return []; // it ended while we looked
    }
  });
}

function filesOf({ first }: Space): readonly string[] {
  return ["root", "home", "run", "var/tmp", "dev/shm"].flatMap((folder) =>
    readdirSync(`/proc/${first}/root/${folder}`, { recursive: true }).map((name) => `/${folder}/${String(name)}`),
  );
}
