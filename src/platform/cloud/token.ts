import { z } from "zod";
import type { Clock } from "../../collect/ports.ts";
import { failed, ok } from "../../shared/result.ts";
import {
  type CredentialSettings,
  credentialOf,
  type Fetched,
  fitting,
  type GetCredential,
  type Held,
  none,
} from "./credential.ts";
import type { HttpAsk, Request } from "./http.ts";

const plain = z.string().regex(/^[A-Za-z0-9._~+/=-]{16,16384}$/);
/** OAuth's own names, and those of `az account get-access-token`. */
const shape = z.object({
  access_token: plain.optional(),
  accessToken: plain.optional(),
  expires_in: z.coerce.number().int().positive().max(1e9).optional().catch(undefined),
  /** Seconds since 1970. */
  expires_on: z.coerce.number().int().positive().max(1e11).optional().catch(undefined),
});

/** A bearer token: the text itself, or JSON as OAuth servers and `az` write it. */
export function tokenIn(text: string, now: number): Held<string> | null {
  const bare = plain.safeParse(text.trim());
  if (bare.success) return { secret: bare.data, endsAt: null };
  const found = fitting(shape, text);
  const secret = found?.access_token ?? found?.accessToken;
  if (found === undefined || secret === undefined) return null;
  if (found.expires_on !== undefined) return { secret, endsAt: found.expires_on * 1_000 };
  return { secret, endsAt: found.expires_in === undefined ? null : now + found.expires_in * 1_000 };
}

export function tokenSource(
  settings: CredentialSettings,
  env: Readonly<Record<string, string | undefined>>,
  metadata: Request,
  { clock, ask }: { readonly clock: Clock; readonly ask: HttpAsk },
): GetCredential<string> {
  const read = (text: string): Held<string> | null => tokenIn(text, clock.now().getTime());
  const fetch = async (signal: AbortSignal): Fetched<string> => {
    const said = await ask(metadata, { maxBytes: 64 * 1024 }, signal);
    if (!said.ok) return failed(none(`no token from the metadata server: ${said.problem.detail}`));
    const found = said.value.status === 200 ? read(said.value.text) : null;
    return found === null ? failed(none(`no token from the metadata server: ${said.value.status}`)) : ok(found);
  };
  return credentialOf({ settings, env, clock, read, metadata: fetch });
}
