import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { KubeConfig } from "@kubernetes/client-node";
import { z } from "zod";
import { messageOf, OperatorError } from "../../shared/errors.ts";
import type { Credential } from "../../usecases/doctor/ports.ts";

/**
 * What of the current user's credentials ends by itself. A plugin, and the token that a pod is given, are renewed
 * by others and are left out.
 */
export function kubeconfigCredentials(config: KubeConfig): readonly Credential[] {
  const user = config.getCurrentUser();
  if (user === null) return [];
  const pem = user.certData ? Buffer.from(user.certData, "base64") : user.certFile ? fileOf(user.certFile) : null;
  const ends = user.token ? tokenEnd(user.token) : null;
  const name = `of the kubeconfig's user ${user.name}`;
  return [
    ...(pem === null ? [] : [{ what: `the client certificate ${name}`, endsAt: certificateEnd(pem, name), renew }]),
    ...(ends === null ? [] : [{ what: `the token ${name}`, endsAt: ends, renew }]),
  ];
}

const renew = "put a kubeconfig with fresh credentials in its place; a running node-why needs a restart";

function fileOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (thrown) {
    throw new OperatorError(`the kubeconfig names ${path}: ${messageOf(thrown)}`, [
      "let node-why read it, or correct the path",
    ]);
  }
}

function certificateEnd(pem: Buffer, name: string): number {
  try {
    return Date.parse(new X509Certificate(pem).validTo);
  } catch (thrown) {
    throw new OperatorError(`the client certificate ${name} cannot be read: ${messageOf(thrown)}`, [renew]);
  }
}

const claims = z.object({ exp: z.number() });

/** null: no JWT, or one without an end; such a token holds until somebody revokes it. */
export function tokenEnd(token: string): number | null {
  const [, payload, signature] = token.split(".");
  if (payload === undefined || signature === undefined) return null;
  try {
    return claims.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8"))).exp * 1000;
  } catch {
    return null; // dots, but no JWT
  }
}
