import { readFile } from "node:fs/promises";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { messageOf } from "../../shared/errors.ts";
import { failed, ok, type Result } from "../../shared/result.ts";

/** How a store of metrics or logs is reached. */
export interface StoreSettings {
  readonly url: string;
  /** A bearer token. */
  readonly tokenFile?: string;
  readonly caFile?: string;
  /** Of a Loki, Mimir or Cortex with tenants. */
  readonly tenant?: string;
  readonly timeoutMs: number;
}

export interface StoreLogin {
  readonly headers: Readonly<Record<string, string>>;
  readonly ca?: string;
}

/** Read for each question: tokens in files are renewed under us. */
export async function storeLogin({
  tokenFile,
  caFile,
  tenant,
}: StoreSettings): Promise<Result<StoreLogin, Unavailable>> {
  try {
    const [token, ca] = await Promise.all(
      [tokenFile, caFile].map((file) => (file === undefined ? null : readFile(file, "utf8"))),
    );
    const headers = {
      accept: "application/json",
      ...(token ? { authorization: `Bearer ${token.trim()}` } : {}),
      ...(tenant === undefined ? {} : { "x-scope-orgid": tenant }),
    };
    return ok(ca ? { headers, ca } : { headers });
  } catch (thrown) {
    const detail = `cannot read the store's credential: ${messageOf(thrown)}`;
    return failed(unavailable("unauthenticated", detail, "check tokenFile and caFile"));
  }
}

export const storeGrants = { rights: "let the token read this store", credential: "renew the token of the store" };
