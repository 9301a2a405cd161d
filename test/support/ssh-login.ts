import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock, SshOpener, SshSession } from "../../src/collect/ports.ts";
import type { Unavailable } from "../../src/evidence/evidence.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { sshOpener } from "../../src/platform/ssh/opener.ts";
import type { SshSettings } from "../../src/platform/ssh/settings.ts";
import type { Result } from "../../src/shared/result.ts";
import { type KeyPair, keyPair, type SshNode } from "./ssh-node.ts";

/** A folder with a key and a known_hosts, as an operator would have it. */
export interface Desk {
  readonly folder: string;
  readonly key: KeyPair;
  readonly settings: SshSettings;
  /** Writes a file into the folder and returns its path. */
  readonly file: (name: string, content: string) => Promise<string>;
  readonly opener: (more?: Partial<SshSettings>) => SshOpener;
  readonly open: (more?: Partial<SshSettings>) => Promise<Result<SshSession, Unavailable>>;
  readonly clear: () => Promise<void>;
}

export function knownHostsLine(node: Pick<SshNode, "port" | "publicKey">): string {
  const [type, key] = node.publicKey.split(" ");
  return `[127.0.0.1]:${node.port} ${type} ${key}\n`;
}

export async function desk(node: SshNode, clock: Clock = systemClock): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), "node-why-ssh-"));
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const key = keyPair();
  const settings: SshSettings = {
    user: "root",
    port: node.port,
    identityFile: await file("id", key.private),
    knownHostsFile: await file("known_hosts", knownHostsLine(node)),
    addressType: "InternalIP",
  };
  const local = { home: folder, user: "somebody" };
  const opener = (more: Partial<SshSettings> = {}): SshOpener => sshOpener({ ...settings, ...more }, local, clock);
  return {
    folder,
    key,
    settings,
    file,
    opener,
    open: (more) => opener(more).open({ address: "127.0.0.1", node: "worker-7" }),
    clear: () => rm(folder, { recursive: true }),
  };
}
