import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import type { Request } from "./http.ts";

export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What a question is signed for. */
export interface Scope {
  readonly service: "ec2";
  readonly region: string;
}

/** Adds Signature Version 4 to a request. */
export type Sign = (request: Request, keys: AwsKeys, scope: Scope) => Promise<Record<string, string>>;

/** The part of the library that is used. */
interface Library {
  readonly AwsV4Signer: new (
    parts: Readonly<Record<string, unknown>>,
  ) => { readonly sign: () => Promise<{ readonly headers: Headers }> };
}

/** Loaded with the first question to AWS, and never without one. */
const library: string = "aws4fetch";

/** `missing` where it is not installed: whoever has no AWS needs no signer. */
export async function loadSigner(): Promise<Result<Sign, Unavailable>> {
  try {
    const { AwsV4Signer } = (await import(library)) as Library;
    return ok(async ({ url, method = "GET", headers, body }, keys, scope) => {
      const parts = { url: url.href, method, headers, body, ...keys, ...scope };
      const signed = await new AwsV4Signer(parts).sign();
      return Object.fromEntries(signed.headers);
    });
  } catch {
    return failed(unavailable("tool-missing", `${library} is not installed`, `npm install ${library}`));
  }
}
