/** A user certificate as `ssh-keygen -s` writes it: `ssh-ed25519-cert-v01@openssh.com AAAA… comment`. */
export interface Validity {
  /** Milliseconds since 1970; infinite where it never ends. */
  readonly from: number;
  readonly to: number;
}

/** How many fields come between the nonce and the serial number (PROTOCOL.certkeys). */
const keyFields: Readonly<Record<string, number>> = {
  "ssh-ed25519-cert-v01@openssh.com": 1,
  "sk-ssh-ed25519-cert-v01@openssh.com": 2,
  "ecdsa-sha2-nistp256-cert-v01@openssh.com": 2,
  "ecdsa-sha2-nistp384-cert-v01@openssh.com": 2,
  "ecdsa-sha2-nistp521-cert-v01@openssh.com": 2,
  "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com": 3,
  "ssh-rsa-cert-v01@openssh.com": 2,
  "rsa-sha2-256-cert-v01@openssh.com": 2,
  "rsa-sha2-512-cert-v01@openssh.com": 2,
};

/** null: it is no certificate that we can read. */
export function validityOf(text: string): Validity | null {
  const [type = "", base64 = ""] = text.trim().split(/\s+/);
  const fields = keyFields[type];
  if (fields === undefined) return null;
  try {
    return readValidity(Buffer.from(base64, "base64"), type, fields);
  } catch {
    return null; // shorter than it says
  }
}

function readValidity(blob: Buffer, type: string, fields: number): Validity | null {
  let at = 0;
  const skipString = (): Buffer => {
    const length = blob.readUInt32BE(at);
    if (at + 4 + length > blob.length) throw new RangeError("cut short");
    at += 4 + length;
    return blob.subarray(at - length, at);
  };
  if (skipString().toString("latin1") !== type) return null;
  for (let field = 0; field < fields + 1; field += 1) skipString(); // the nonce and the key
  at += 8 + 4; // serial number, user or host
  skipString(); // key id
  skipString(); // principals
  return { from: millis(blob.readBigUInt64BE(at)), to: millis(blob.readBigUInt64BE(at + 8)) };
}

function millis(seconds: bigint): number {
  const never = 0xffff_ffff_ffff_ffffn;
  return seconds === never ? Number.POSITIVE_INFINITY : Number(seconds) * 1000;
}
