import { createHmac } from "node:crypto";

/** Slack's request signature, version 0. `timestamp` is in seconds since the epoch, `body` exactly as it is sent. */
export function sign(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}
