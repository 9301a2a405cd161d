import { z } from "zod";
import type { Clock } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import { validityOf } from "./certificate.ts";
import type { ReadFile } from "./credentials.ts";
import { runProgram } from "./program.ts";
import type { CredentialSettings, Local, SshSettings } from "./settings.ts";

const path = z.string().startsWith("/").max(1_024);
const line = z
  .string()
  .max(32_768)
  .regex(/^\S+-cert-v01@openssh\.com [A-Za-z0-9+/=]+( [^\n]*)?\n?$/);

/** What `credential.exec` prints on standard output: one JSON object. Keys are file paths, or the key itself in PEM. */
const printed = z
  .strictObject({
    /** ISO 8601; where it is left out, the certificate's own end counts. */
    expiresAt: z.iso.datetime({ offset: true }).optional(),
    user: z.string().min(1).max(64).optional(),
    identityFile: path.optional(),
    certificateFile: path.optional(),
    privateKey: z.string().startsWith("-----BEGIN ").max(32_768).optional(),
    certificate: line.optional(),
    /** The socket of an agent that holds the key. */
    agent: path.optional(),
  })
  .refine(({ identityFile, privateKey }) => identityFile === undefined || privateKey === undefined, {
    message: "identityFile and privateKey exclude each other",
  })
  .refine(({ certificateFile, certificate }) => certificateFile === undefined || certificate === undefined, {
    message: "certificateFile and certificate exclude each other",
  });
type Printed = z.infer<typeof printed>;

/** What a login is made with: settings that win over the configured ones. */
export interface Credential {
  readonly settings: Partial<SshSettings>;
  /** A certificate that is in no file yet. */
  readonly certificate?: string;
  /** Milliseconds since 1970; infinite where it does not end. */
  readonly expiresAt: number;
}

export interface CredentialSource {
  /** A credential that holds now, renewed before it ends. Never rejects. */
  readonly get: () => Promise<Result<Credential, Unavailable>>;
}

const timeoutMs = 20_000;
const renewBeforeMs = 120_000;
const maxBytes = 64 * 1024;

/** Runs the program when a credential is needed and none holds for long; many logins at once share one run. */
export function credentialSource(
  { argv, ...limits }: CredentialSettings,
  local: Local,
  clock: Clock,
  read: ReadFile,
): CredentialSource {
  let held: Credential | null = null;
  let renewing: Promise<Result<Credential, Unavailable>> | null = null;
  const renew = async (): Promise<Result<Credential, Unavailable>> => {
    const limit = { timeoutMs: limits.timeoutMs ?? timeoutMs, maxBytes };
    const ran = await runProgram(argv, limit, local.env, clock);
    if (ran.how !== "exited" || ran.exitCode !== 0) return failed(notRun(argv, ran));
    const credential = await credentialFrom(ran.stdout, read);
    if (credential.ok) held = credential.value;
    return credential;
  };
  const left = (credential: Credential | null): number =>
    credential === null ? 0 : credential.expiresAt - clock.now().getTime();
  const renewedOnce = (): Promise<Result<Credential, Unavailable>> => {
    renewing ??= renew().finally(() => {
      renewing = null;
    });
    return renewing;
  };
  /** A program that fails costs nothing while the last credential still holds. */
  const get = async (): Promise<Result<Credential, Unavailable>> => {
    if (held !== null && left(held) > (limits.renewBeforeMs ?? renewBeforeMs)) return ok(held);
    const renewed = await renewedOnce();
    if (held === null) return renewed;
    if (left(held) > 0) return ok(held);
    return failed(expired(held.expiresAt, clock, renewed.ok ? "no newer one was issued" : renewed.problem.detail));
  };
  return { get };
}

function notRun(argv: readonly string[], ran: Awaited<ReturnType<typeof runProgram>>): Unavailable {
  const [program = ""] = argv;
  const said = ran.stderr.trim().split("\n", 1)[0]?.slice(0, 300) ?? "";
  const how = ran.how === "exited" ? `exit ${ran.exitCode ?? "by a signal"}` : ran.how;
  return unavailable("unauthenticated", `the credential's program ${program} failed (${how}): ${said}`);
}

/** What was printed is never repeated in a message: it may hold a key. */
async function credentialFrom(text: string, read: ReadFile): Promise<Result<Credential, Unavailable>> {
  const parsed = printed.safeParse(json(text));
  if (!parsed.success) {
    const what = parsed.error.issues.map((issue) => `${issue.path.join(".") || "it"}: ${issue.message}`).join("; ");
    return failed(unavailable("unauthenticated", `the credential's program printed no credential: ${what}`));
  }
  const { expiresAt, certificate, ...rest } = parsed.data;
  const ends = [expiresAt === undefined ? null : Date.parse(expiresAt), await certificateEnd(parsed.data, read)];
  const settings = Object.fromEntries(Object.entries(rest).filter(([, given]) => given !== undefined));
  const end = Math.min(...ends.map((one) => one ?? Number.POSITIVE_INFINITY));
  return ok({ settings, expiresAt: end, ...(certificate === undefined ? {} : { certificate }) });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the schema says that it is no object
  }
}

async function certificateEnd({ certificate, certificateFile }: Printed, read: ReadFile): Promise<number | null> {
  const file = certificateFile === undefined ? null : await read(certificateFile);
  return validityOf(certificate ?? file?.toString("latin1") ?? "")?.to ?? null;
}

/** `02:10` of the same day in UTC; another day is named. */
export function expired(at: number, clock: Pick<Clock, "now">, more: string): Unavailable {
  const [when, now] = [new Date(at).toISOString(), clock.now().toISOString()];
  const short = when.slice(0, 10) === now.slice(0, 10) ? when.slice(11, 16) : when.slice(0, 16).replace("T", " ");
  const detail = `credential expired ${short} UTC; ${more}`;
  return unavailable("unauthenticated", detail, "renew the credential: run the program of ssh.credential by hand");
}
