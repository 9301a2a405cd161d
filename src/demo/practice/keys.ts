import { generateKeyPairSync } from "node:crypto";
import ssh2, { type ParsedKey } from "ssh2";
import { Bug } from "../../shared/errors.ts";

export interface KeyPair {
  /** PEM that ssh2 and OpenSSH read. */
  readonly privateKey: string;
  /** As known_hosts and authorized_keys have it: type and key. */
  readonly publicLine: string;
}

/** A new P-256 key. ssh2's own generator makes one ed25519 key in 285 that ssh2 then calls malformed (1.17). */
export function newKeyPair(): KeyPair {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const pem = privateKey.export({ type: "sec1", format: "pem" }).toString();
  const key = readKey(pem);
  return { privateKey: pem, publicLine: `${key.type} ${key.getPublicSSH().toString("base64")}` };
}

export function readKey(text: string): ParsedKey {
  const parsed: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(text);
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key === undefined || key instanceof Error) throw new Bug("a key that was just made cannot be read");
  return key;
}
