import { X509Certificate } from "node:crypto";
import { opensslStamp } from "./stamp.ts";

/** What a certificate says of itself; a field that was not shown is missing. */
export interface Certificate {
  readonly path?: string | undefined;
  readonly subject?: string | undefined;
  readonly organization?: string | undefined;
  readonly issuer?: string | undefined;
  readonly notBefore?: string | undefined;
  readonly notAfter?: string | undefined;
  readonly fingerprint?: string | undefined;
  readonly lines: Readonly<Partial<Record<"subject" | "issuer" | "notBefore" | "notAfter", string>>>;
}

/** The first certificate of a PEM text; undefined where there is none that can be read. Private keys are not looked at. */
export function certificateIn(pem: string): Certificate | undefined {
  const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,20000}-----END CERTIFICATE-----/.exec(pem)?.[0];
  if (block === undefined) return undefined;
  try {
    const { subject, issuer, validFrom, validTo, fingerprint256 } = new X509Certificate(block);
    return {
      subject: nameOf(subject.replaceAll("\n", ","), "CN"),
      organization: nameOf(subject.replaceAll("\n", ","), "O"),
      issuer: nameOf(issuer.replaceAll("\n", ","), "CN"),
      notBefore: opensslStamp(validFrom),
      notAfter: opensslStamp(validTo),
      fingerprint: fingerprint256,
      lines: {
        subject: subject.replaceAll("\n", ", "),
        issuer: issuer.replaceAll("\n", ", "),
        notBefore: `notBefore=${validFrom}`,
        notAfter: `notAfter=${validTo}`,
      },
    };
  } catch {
    // Not a certificate after all (cut, masked or damaged): then nothing is known of it.
    return undefined;
  }
}

/** The certificates in the output of `openssl x509`, one after `-dates -subject -issuer`, `-text`, or a loop over files. */
export function opensslCertificates(lines: readonly string[]): readonly Certificate[] {
  const found: Draft[] = [{ lines: {} }];
  let path: string | undefined;
  for (const line of lines) {
    path = /^(?:== |==> )(\/\S+)/.exec(line)?.[1] ?? path;
    for (const [field, pattern] of fields) readField(found, field, pattern.exec(line)?.[1], line, path);
  }
  return found
    .filter(({ lines: seen }) => Object.keys(seen).length > 0)
    .map(({ raw: _, ...certificate }) => certificate);
}

type Field = "subject" | "issuer" | "notBefore" | "notAfter";
type Draft = { -readonly [Key in keyof Certificate]: Certificate[Key] } & {
  raw?: string;
  lines: Partial<Record<Field, string>>;
};

const fields: readonly (readonly [Field, RegExp])[] = [
  ["subject", /^(?:subject=|\s{0,40}Subject: ?)(.*)$/],
  ["issuer", /^(?:issuer=|\s{0,40}Issuer: ?)(.*)$/],
  ["notBefore", /^(?:notBefore=|\s{0,40}Not Before: ?)(.*)$/],
  ["notAfter", /^(?:notAfter=|\s{0,40}Not After ?: ?)(.*)$/],
];

/** A field that the current certificate already has, or another file's heading, begins the next one. */
function readField(
  found: Draft[],
  field: Field,
  text: string | undefined,
  line: string,
  path: string | undefined,
): void {
  if (text === undefined) return;
  const last = found.at(-1);
  const current =
    last === undefined || field in last.lines || (last.path !== path && Object.keys(last.lines).length > 0)
      ? { lines: {} }
      : last;
  if (current !== last) found.push(current);
  current.path = path;
  current.lines[field] = line;
  if (field === "subject") Object.assign(current, { subject: nameOf(text, "CN"), organization: nameOf(text, "O") });
  else if (field === "issuer") current.issuer = nameOf(text, "CN");
  else current[field] = opensslStamp(text);
}

/** One part of a name in any of openssl's forms: `O = a, CN = b`, `/O=a/CN=b`, `CN=b,O=a`. */
function nameOf(name: string, part: "CN" | "O"): string | undefined {
  const found = new RegExp(`(?:^|[,/\\s])${part} ?= ?([^,/]{1,200})`).exec(name);
  return found?.[1]?.trim();
}
