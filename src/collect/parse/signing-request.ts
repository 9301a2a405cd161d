import { Buffer } from "node:buffer";

/** Larger ones are none of a kubelet's. */
const longest = 20_000;

/**
 * The node identity (`system:node:NAME`) that a certificate request asks for, from the API's base64 of a PEM block. In DER
 * a common name is a string with its length before it; nothing else of the request is looked at.
 */
export function requestedIdentity(request: string | undefined): string | undefined {
  if (request === undefined || request.length > longest) return undefined;
  const pem = Buffer.from(request, "base64").toString("latin1");
  const body = /-----BEGIN [A-Z ]{1,40}-----([A-Za-z0-9+/=\s]+)-----END/.exec(pem)?.[1];
  const der = Buffer.from(body ?? "", "base64");
  const at = der.indexOf("system:node:", 0, "latin1");
  const length = at < 1 ? 0 : (der[at - 1] ?? 0);
  const name = der.subarray(at, at + length).toString("latin1");
  return /^system:node:[a-z0-9.-]{1,100}$/.test(name) ? name : undefined;
}
