import { z } from "zod";
import type { Clock } from "../../collect/ports.ts";
import { failed, ok } from "../../shared/result.ts";
import type { AwsKeys } from "./aws-sign.ts";
import {
  type CredentialSettings,
  credentialOf,
  type Fetched,
  fitting,
  type GetCredential,
  type Held,
  none,
} from "./credential.ts";
import type { HttpAsk } from "./http.ts";

const word = z
  .string()
  .min(16)
  .max(8_192)
  .regex(/^[A-Za-z0-9+/=_-]+$/);
const time = z.iso.datetime({ offset: true });
/** What `aws configure export-credentials` and every credential_process prints. */
const printed = z.object({
  AccessKeyId: word,
  SecretAccessKey: word,
  SessionToken: word.optional(),
  Expiration: time.optional(),
});
/** The metadata server says Token where the others say SessionToken. */
const role = z.object({ AccessKeyId: word, SecretAccessKey: word, Token: word, Expiration: time });

const server = "http://169.254.169.254";
const roles = `${server}/latest/meta-data/iam/security-credentials/`;

export function awsKeysIn(text: string): Held<AwsKeys> | null {
  const found = fitting(printed, text);
  return found === undefined ? null : held(found, found.SessionToken);
}

function held(
  { AccessKeyId, SecretAccessKey, Expiration }: z.infer<typeof printed>,
  token: string | undefined,
): Held<AwsKeys> {
  const secret = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
  const endsAt = Expiration === undefined ? null : Date.parse(Expiration);
  return { secret: token === undefined ? secret : { ...secret, sessionToken: token }, endsAt };
}

export function awsKeysSource(
  settings: CredentialSettings,
  env: Readonly<Record<string, string | undefined>>,
  { clock, ask }: { readonly clock: Clock; readonly ask: HttpAsk },
): GetCredential<AwsKeys> {
  return credentialOf({ settings, env, clock, read: awsKeysIn, metadata: (signal) => fromRole(ask, signal) });
}

/** The role of the machine we run on, by the second version of the metadata service. */
async function fromRole(ask: HttpAsk, signal: AbortSignal): Fetched<AwsKeys> {
  const bounds = { maxBytes: 64 * 1024 };
  const ttl = { "x-aws-ec2-metadata-token-ttl-seconds": "300" };
  const session = await ask(
    { url: new URL(`${server}/latest/api/token`), method: "PUT", headers: ttl },
    bounds,
    signal,
  );
  if (!session.ok) return failed(none(`no role from the metadata server: ${session.problem.detail}`));
  const headers = { "x-aws-ec2-metadata-token": session.value.text.trim() };
  const names = await ask({ url: new URL(roles), headers }, bounds, signal);
  const name = names.ok && names.value.status === 200 ? (names.value.text.trim().split("\n", 1)[0] ?? "") : "";
  if (!/^[\w+=,.@-]{1,128}$/.test(name)) return failed(none("the machine we run on has no role"));
  const said = await ask({ url: new URL(roles + name), headers }, bounds, signal);
  const found = said.ok ? fitting(role, said.value.text) : undefined;
  return found === undefined ? failed(none(`the role ${name} gave no credential`)) : ok(held(found, found.Token));
}
