import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Unavailable, unavailable } from "../../../evidence/evidence.ts";
import { messageOf } from "../../../shared/errors.ts";
import { failed, ok, type Result } from "../../../shared/result.ts";
import { read } from "../common.ts";
import { parsedKey } from "../credentials.ts";
import type { Local, SshSettings } from "../settings.ts";
import { keyAgent } from "./agent.ts";
import { configText } from "./config.ts";

/** A folder that only we can enter, with what one connection needs; gone when it is cleared. */
export interface PrivateDesk {
  readonly config: string;
  readonly control: string;
  readonly clear: () => Promise<void>;
}

const systemConfig = "/etc/ssh/ssh_config";

/** The name is short: a socket's path has some hundred bytes. */
export async function privateDesk(settings: SshSettings, local: Local): Promise<Result<PrivateDesk, Unavailable>> {
  const folder = await mkdtemp(join(tmpdir(), "nw-"));
  const cleared: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const clear = async (): Promise<void> => {
    for (const one of cleared.toReversed()) await one();
  };
  try {
    const agent = await agentFor(settings, join(folder, "a"));
    if (!agent.ok) {
      await clear();
      return agent;
    }
    if (agent.value !== null) cleared.push(agent.value.close);
    const config = join(folder, "c");
    const text = configText({
      settings,
      agentSocket: agent.value?.socket,
      certificateFile: settings.certificateFile,
      includes: includesOf(settings, local),
    });
    await writeFile(config, text, { mode: 0o600 });
    return ok({ config, control: join(folder, "m"), clear });
  } catch (thrown) {
    await clear();
    return failed(unavailable("not-asked", `no private folder for ssh could be made: ${messageOf(thrown)}`));
  }
}

/** An agent of our own for a key that `ssh` cannot read by itself without asking somebody. */
async function agentFor(
  { privateKey, identityFile, passphraseFile }: SshSettings,
  socket: string,
): Promise<Result<Awaited<ReturnType<typeof keyAgent>> | null, Unavailable>> {
  if (privateKey === undefined && (passphraseFile === undefined || identityFile === undefined)) return ok(null);
  const passphrase = passphraseFile === undefined ? undefined : (await read(passphraseFile))?.toString("utf8");
  const content = privateKey ?? (await read(identityFile ?? ""));
  const key = content === null ? "it cannot be read" : parsedKey(content, passphrase?.split(/\r?\n/, 1)[0]);
  if (typeof key !== "string") return ok(await keyAgent(socket, key));
  const detail = `no usable key: ${identityFile ?? "the credential's key"}: ${key}`;
  return failed(unavailable("unauthenticated", detail, "set ssh.identityFile (and ssh.passphraseFile), or ssh.agent"));
}

/** With a config file of one's own, as with `ssh -F`, the system's is not read. */
function includesOf({ configFile }: SshSettings, { home }: Local): readonly string[] {
  if (configFile === undefined) return [];
  return configFile === join(home, ".ssh", "config") ? [configFile, systemConfig] : [configFile];
}
