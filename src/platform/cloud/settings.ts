import type { Clock } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import type { CredentialSettings } from "./credential.ts";
import type { HttpAsk } from "./http.ts";

export interface CloudSettings {
  readonly credential: CredentialSettings;
  /** Another address of the provider's API: a private endpoint, a test. Without a slash at its end. */
  readonly endpoint?: string;
  /** Of AWS; default: the one the machine is in. */
  readonly region?: string;
  /** For one question with all it takes, the credential too. */
  readonly timeoutMs: number;
}

export interface CloudTools {
  readonly clock: Clock;
  readonly ask: HttpAsk;
  /** For a program that prints the credential. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** So much of a console's end is read. */
export const consoleBytes = 64 * 1024;

export function wrongProvider(providerID: string | null, form: string): Unavailable {
  const what = providerID === null ? "the node's providerID is not known" : `its providerID is not ${form}`;
  return unavailable("not-asked", `the cloud cannot be asked: ${what}`);
}
