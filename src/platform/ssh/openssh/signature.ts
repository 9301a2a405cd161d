import { createPrivateKey, sign } from "node:crypto";
import type { ParsedKey } from "ssh2";

/** An SSH string: its length in 32 bits, then its bytes. */
export function sshString(bytes: Buffer | string): Buffer {
  const body = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

/** A number as RFC 4251 writes it: no leading zeros, but one where the highest bit is set. */
function mpint(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const plain = first < 0 ? Buffer.alloc(0) : bytes.subarray(first);
  return sshString((plain[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), plain]) : plain);
}

/** draft-miller-ssh-agent, flags of a request to sign. */
const rsaSha256 = 2;
const curves: Readonly<Record<string, string>> = {
  "ecdsa-sha2-nistp256": "sha256",
  "ecdsa-sha2-nistp384": "sha384",
  "ecdsa-sha2-nistp521": "sha512",
};

/** The signature in SSH's form (RFC 8709, 8332, 5656); null: a kind of key that we cannot sign with. SHA-1 is not made. */
export function signatureOf(key: ParsedKey, data: Buffer, flags: number): Buffer | null {
  const own = createPrivateKey(key.getPrivatePEM());
  if (key.type === "ssh-ed25519") return Buffer.concat([sshString(key.type), sshString(sign(null, data, own))]);
  if (key.type === "ssh-rsa") {
    const hash = flags & rsaSha256 ? "256" : "512";
    return Buffer.concat([sshString(`rsa-sha2-${hash}`), sshString(sign(`sha${hash}`, data, own))]);
  }
  const hash = curves[key.type];
  if (hash === undefined) return null;
  const both = sign(hash, data, { key: own, dsaEncoding: "ieee-p1363" });
  const half = both.length / 2;
  const numbers = Buffer.concat([mpint(both.subarray(0, half)), mpint(both.subarray(half))]);
  return Buffer.concat([sshString(key.type), sshString(numbers)]);
}
