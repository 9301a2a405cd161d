import { z } from "zod";
import { type Answer, absent, type Unavailable, type UnavailableReason, unavailable } from "../../evidence/evidence.ts";
import { rbacRuleFor } from "./grant.ts";
import type { GetProblem, Response } from "./http-get.ts";

const networkReasons: Readonly<Record<string, UnavailableReason>> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timed-out",
  ENOTFOUND: "unreachable",
  EAI_AGAIN: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ECONNRESET: "cut-off",
  EPIPE: "cut-off",
};

/** OpenSSL's verification codes and Node's own; all mean that there is no trusted TLS connection. */
const tlsCode = /CERT|ERR_TLS|ERR_SSL|ERR_OSSL|ISSUER|SIGNATURE|SELF_SIGNED|^EPROTO$/;

export function isTlsCode(code: string): boolean {
  return tlsCode.test(code);
}

/** Why there is no response at all. */
export function problemAnswer({ kind, code, detail }: GetProblem): Unavailable {
  if (kind === "credentials") {
    return unavailable("unauthenticated", `the kubeconfig's credentials could not be had: ${detail}`, credentialHint);
  }
  if (kind !== "network") return unavailable("timed-out", detail);
  if (tlsCode.test(code)) return unavailable("unreadable", `TLS: ${code}: ${detail}`, tlsHint);
  return unavailable(networkReasons[code] ?? "unreachable", `${code || "no connection"}: ${detail}`);
}

const credentialHint = "renew the kubeconfig's credentials, and try: kubectl auth whoami";
const tlsHint = "check certificate-authority-data and server in the kubeconfig";

/** What a response that carries no body to read means; null for one that does. */
export function refusalAnswer(response: Response, path: string): Answer | null {
  const { status } = response;
  if (status >= 200 && status < 300) return null;
  const message = messageIn(response);
  const said = `${status}: ${message}`;
  if (status === 404) return absent(message);
  if (status === 401) return unavailable("unauthenticated", said, credentialHint);
  if (status === 403) return unavailable("forbidden", said, rbacRuleFor(path));
  if (status === 408 || status === 504) return unavailable("timed-out", said);
  if (status === 429 || status >= 500) return unavailable("refused", said);
  return unavailable("unreadable", said);
}

const statusObject = z.object({ message: z.string() });

/** The API server explains itself in a Status object; proxies in front of it with whatever they like. */
function messageIn({ body }: Response): string {
  const text = body.subarray(0, 4_000).toString("utf8");
  try {
    const parsed = statusObject.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data.message.slice(0, 500);
  } catch {
    // not a Status: the text itself is the message
  }
  return text.trim().split("\n", 1)[0]?.slice(0, 300) || "no message";
}

/** Worth a second try: too many requests, a server in trouble, a connection that broke. */
export function worthRetry(outcome: { readonly status?: number; readonly code?: string }): boolean {
  const { status = 0, code = "" } = outcome;
  return status === 429 || status >= 500 || code === "ECONNRESET" || code === "EPIPE";
}
