import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { fingerprint, type Verdict } from "./known-hosts.ts";

export interface HostPlace {
  readonly host: string;
  readonly port: number;
  /** The file a line would be added to. */
  readonly knownHostsFile: string;
}

/** What to say about a host key that is not trusted; null where it is. There is no way to trust it silently. */
export function hostKeyProblem(verdict: Verdict, key: Buffer, place: HostPlace): Unavailable | null {
  if (verdict.kind === "known") return null;
  return distrusted(verdict, { type: keyType(key), fingerprint: fingerprint(key) }, place);
}

export interface ShownKey {
  readonly type: string;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

export function distrusted(
  verdict: Exclude<Verdict, { readonly kind: "known" }>,
  key: ShownKey,
  place: HostPlace,
): Unavailable {
  const shown = `${place.host} showed ${key.type} ${key.fingerprint}`;
  if (verdict.kind === "unknown") {
    return unavailable("host-key-unknown", `${shown}, which ${place.knownHostsFile} does not know`, learn(key, place));
  }
  if (verdict.kind === "cert-authority") {
    const detail = `${shown}; known_hosts trusts it by @cert-authority only, and host certificates cannot be checked here`;
    return unavailable("host-key-unknown", detail, `set ssh.transport: openssh, or ${learn(key, place)}`);
  }
  if (verdict.kind === "revoked") {
    return unavailable("host-key-changed", `${shown}, which is marked @revoked`, "give the host a new host key");
  }
  const others = verdict.types.length === 0 ? "" : ` (${verdict.types.join(", ")})`;
  const detail = `${shown}, but known_hosts has another key for it${others}`;
  return unavailable(
    "host-key-changed",
    detail,
    `if the host was rebuilt: ${forget(place)}; then ${learn(key, place)}`,
  );
}

function learn({ type }: ShownKey, { host, port, knownHostsFile }: HostPlace): string {
  const file = `/etc/ssh/ssh_host_${fileNames[type] ?? "ed25519"}_key.pub`;
  return `compare it with \`ssh-keygen -lf ${file}\` on the host's console, then \`ssh-keyscan -t ${
    fileNames[type] ?? "ed25519"
  } -p ${port} ${host} >> ${knownHostsFile}\``;
}

function forget({ host, port, knownHostsFile }: HostPlace): string {
  return `\`ssh-keygen -R '${port === 22 ? host : `[${host}]:${port}`}' -f ${knownHostsFile}\``;
}

const fileNames: Readonly<Record<string, string>> = {
  "ssh-ed25519": "ed25519",
  "ssh-rsa": "rsa",
  "ecdsa-sha2-nistp256": "ecdsa",
  "ecdsa-sha2-nistp384": "ecdsa",
  "ecdsa-sha2-nistp521": "ecdsa",
};

/** An SSH key blob begins with its type: a 32-bit length, then the name. */
export function keyType(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0;
  const name = key.subarray(4, 4 + Math.min(length, 64)).toString("latin1");
  return /^[a-z0-9@.-]+$/.test(name) ? name : "a key of unknown type";
}
