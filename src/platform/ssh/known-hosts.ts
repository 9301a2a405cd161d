import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** One line of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHost {
  readonly marker: "none" | "revoked" | "cert-authority";
  /** Comma-separated patterns, or one hashed name. */
  readonly hosts: string;
  readonly type: string;
  /** The public key in base64. */
  readonly key: string;
}

export type Verdict =
  | { readonly kind: "known" }
  | { readonly kind: "unknown" }
  /** Other keys are known for the host, of these types, but not this one. */
  | { readonly kind: "changed"; readonly types: readonly string[] }
  | { readonly kind: "revoked" }
  /** The host is only trusted through a certificate authority. */
  | { readonly kind: "cert-authority" };

const markers: Readonly<Record<string, KnownHost["marker"]>> = {
  "@revoked": "revoked",
  "@cert-authority": "cert-authority",
};

/** Lines that are not understood are left out: they can only make a host less trusted. */
export function parseKnownHosts(text: string): readonly KnownHost[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const marker = words[0]?.startsWith("@") ? markers[words.shift() ?? ""] : "none";
    const [hosts, type, key] = words;
    if (marker === undefined || !hosts || hosts.startsWith("#") || !type || !key) return [];
    return [{ marker, hosts, type, key }];
  });
}

/** How a host is named in the file: a port other than 22 is part of its name. */
export function hostName(host: string, port: number): string {
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}

/** The lines that speak of a host under any of its names. */
export function linesFor(known: readonly KnownHost[], names: readonly string[]): readonly KnownHost[] {
  return known.filter(({ hosts }) => names.some((name) => speaksOf(hosts, name)));
}

/** Judges the key that a host showed. `lines` are the lines that speak of it. */
export function judge(lines: readonly KnownHost[], key: Buffer): Verdict {
  const shown = key.toString("base64");
  const same = lines.filter((line) => line.key === shown);
  if (same.some(({ marker }) => marker === "revoked")) return { kind: "revoked" };
  if (same.some(({ marker }) => marker === "none")) return { kind: "known" };
  const others = lines.filter(({ marker }) => marker === "none");
  if (others.length > 0) return { kind: "changed", types: [...new Set(others.map(({ type }) => type))] };
  return lines.some(({ marker }) => marker === "cert-authority") ? { kind: "cert-authority" } : { kind: "unknown" };
}

/** As `ssh-keygen -l` prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

function speaksOf(hosts: string, name: string): boolean {
  if (hosts.startsWith("|1|")) return hashed(hosts, name);
  const patterns = hosts.toLowerCase().split(",");
  const negated = patterns.some((pattern) => pattern.startsWith("!") && matches(pattern.slice(1), name));
  return !negated && patterns.some((pattern) => !pattern.startsWith("!") && matches(pattern, name));
}

/** `|1|salt|hash`: HMAC-SHA1 of the name under the salt, both in base64. */
function hashed(entry: string, name: string): boolean {
  const [, , salt = "", hash = ""] = entry.split("|");
  const expected = Buffer.from(hash, "base64");
  const actual = createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest();
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** `*` and `?` as OpenSSH means them, without backtracking over more than one star at a time. */
export function matches(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let place = 0;
  while (place < name.length) {
    const wanted = pattern[at];
    if (wanted === "*") {
      star = at;
      resume = place;
      at += 1;
    } else if (wanted === "?" || wanted === name[place]) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      place = resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
