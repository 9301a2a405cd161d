import ssh2, { type AnyAuthMethod, type ParsedKey } from "ssh2";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import type { Hop, SshSettings } from "./settings.ts";

/** A file's content; null where it is not there or may not be read. */
export type ReadFile = (path: string) => Promise<Buffer | null>;

export interface Credentials {
  readonly methods: readonly AnyAuthMethod[];
  /** The public keys that will be shown, for the line an operator has to add. */
  readonly publicKeys: readonly string[];
}

/** The keys to log in with, in order: identity files, then the agent. */
export async function credentialsFor(
  { user, identityFiles }: Hop,
  settings: SshSettings,
  read: ReadFile,
): Promise<Result<Credentials, Unavailable>> {
  const passphrase =
    settings.passphraseFile === undefined ? undefined : await firstLineOf(settings.passphraseFile, read);
  const keys: ParsedKey[] = [];
  const problems: string[] = [];
  if (settings.privateKey !== undefined) {
    const key = parsedKey(settings.privateKey, passphrase);
    if (typeof key === "string") problems.push(`the credential's key: ${key}`);
    else keys.push(key);
  }
  for (const file of settings.privateKey === undefined ? identityFiles : []) {
    const key = await identity(file, passphrase, read);
    if (typeof key === "string") problems.push(key);
    else keys.push(key);
  }
  if (keys.length === 0 && settings.agent === undefined) {
    const hint = "set ssh.identityFile (and ssh.passphraseFile), or ssh.agent";
    return failed(
      unavailable("unauthenticated", `no usable key: ${problems.join("; ") || "none is configured"}`, hint),
    );
  }
  const methods: AnyAuthMethod[] = keys.map((key) => ({ type: "publickey", username: user, key }));
  if (settings.agent !== undefined) methods.push({ type: "agent", username: user, agent: settings.agent });
  return ok({ methods, publicKeys: keys.map((key) => `${key.type} ${key.getPublicSSH().toString("base64")}`) });
}

/** The key, or why it cannot be used. */
async function identity(file: string, passphrase: string | undefined, read: ReadFile): Promise<ParsedKey | string> {
  const content = await read(file);
  if (content === null) return `${file} cannot be read`;
  const key = parsedKey(content, passphrase);
  return typeof key === "string" ? `${file}: ${key}` : key;
}

/** The private key, or why it is none. */
export function parsedKey(content: Buffer | string, passphrase: string | undefined): ParsedKey | string {
  const parsed: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(content, passphrase);
  if (parsed instanceof Error) return parsed.message;
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  return key?.isPrivateKey() ? key : "it holds no private key";
}

async function firstLineOf(file: string, read: ReadFile): Promise<string | undefined> {
  return (await read(file))?.toString("utf8").split(/\r?\n/, 1)[0];
}
