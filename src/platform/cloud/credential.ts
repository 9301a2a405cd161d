import { readFile } from "node:fs/promises";
import type { z } from "zod";
import type { Clock } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { messageOf } from "../../shared/errors.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import { runProgram } from "../ssh/program.ts";

/** Where a credential comes from: a file, a program that prints it, or the metadata server of the machine we run on. */
export type CredentialSettings =
  | { readonly kind: "metadata" }
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "exec"; readonly argv: readonly string[] };

export interface Held<Secret> {
  readonly secret: Secret;
  /** Milliseconds since 1970; null: it does not say. */
  readonly endsAt: number | null;
}

export type GetCredential<Secret> = (signal: AbortSignal) => Promise<Result<Secret, Unavailable>>;
export type Fetched<Secret> = Promise<Result<Held<Secret>, Unavailable>>;

export interface CredentialParts<Secret> {
  readonly settings: CredentialSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Reads what a file holds or a program prints. */
  readonly read: (text: string) => Held<Secret> | null;
  readonly metadata: (signal: AbortSignal) => Fetched<Secret>;
}

const renewBeforeMs = 120_000;
/** One that does not say when it ends is asked for again after this. */
const unknownMs = 300_000;
const programLimits = { timeoutMs: 10_000, maxBytes: 64 * 1024 };

/** Held until shortly before its end; many questions at once share one fetch. Never rejects. */
export function credentialOf<Secret>(parts: CredentialParts<Secret>): GetCredential<Secret> {
  let held: { readonly secret: Secret; readonly until: number } | null = null;
  let fetching: Fetched<Secret> | null = null;
  return async (signal) => {
    const now = parts.clock.now().getTime();
    if (held !== null && now < held.until) return ok(held.secret);
    fetching ??= fetchOne(parts, signal).finally(() => {
      fetching = null;
    });
    const fetched = await fetching;
    if (!fetched.ok) return fetched;
    const { secret, endsAt } = fetched.value;
    held = { secret, until: endsAt === null ? now + unknownMs : endsAt - renewBeforeMs };
    return ok(secret);
  };
}

async function fetchOne<Secret>(
  { settings, env, clock, read, metadata }: CredentialParts<Secret>,
  signal: AbortSignal,
): Fetched<Secret> {
  if (settings.kind === "metadata") return metadata(signal);
  const text = settings.kind === "file" ? await fileText(settings.file) : await printedBy(settings.argv, env, clock);
  if (!text.ok) return text;
  const found = read(text.value);
  return found === null ? failed(none(`${whence(settings)} holds no credential that can be read`)) : ok(found);
}

const whence = (settings: CredentialSettings): string =>
  settings.kind === "file"
    ? settings.file
    : settings.kind === "exec"
      ? (settings.argv[0] ?? "")
      : "the metadata server";

/** What was read is never repeated in a message: it may hold a key. */
export function none(detail: string): Unavailable {
  return unavailable("unauthenticated", detail, "check clusters[].cloud.credential");
}

async function fileText(file: string): Promise<Result<string, Unavailable>> {
  try {
    return ok((await readFile(file, "utf8")).slice(0, programLimits.maxBytes));
  } catch (thrown) {
    return failed(none(`cannot read the credential: ${messageOf(thrown)}`));
  }
}

async function printedBy(
  argv: readonly string[],
  env: CredentialParts<unknown>["env"],
  clock: Clock,
): Promise<Result<string, Unavailable>> {
  const ran = await runProgram(argv, programLimits, env, clock);
  if (ran.how === "exited" && ran.exitCode === 0) return ok(ran.stdout);
  return failed(none(`the credential's program ${argv[0] ?? ""} failed (${ran.how}, exit ${ran.exitCode ?? "none"})`));
}

/** JSON that fits a schema; undefined for everything else. */
export function fitting<Shape>(schema: z.ZodType<Shape>, text: string): Shape | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // not JSON at all
  }
}
