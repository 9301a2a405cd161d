/** Posts one week's digest to its channel once, however many bots try and whichever of them dies. */
import type { DigestClaim, DigestClaims } from "../../../digest/claims.ts";
import { digestMessage } from "../../../present/blocks/digest.ts";
import type { Digest } from "../../../report/digest.ts";
import { ExternalError, messageOf, OperatorError } from "../../../shared/errors.ts";
import type { Log } from "../bolt-logger.ts";
import type { DigestChannel } from "./channel.ts";

export interface PostPorts {
  readonly claims: DigestClaims;
  readonly slack: DigestChannel;
  readonly digest: (week: string) => Promise<Digest>;
  /** A name that no other attempt has. */
  readonly newHolder: () => string;
  readonly now: () => Date;
  readonly log: Log;
}

export interface DigestAsked {
  readonly channel: string;
  readonly week: string;
}

/** `ended`: nothing is left to do for this week, by us or by others. */
export type Attempt =
  | { readonly kind: "posted" | "ended" | "given-up" }
  | { readonly kind: "later"; readonly at: Date; readonly why: string }
  /** Another one is at it; from then on somebody has to look whether that one made it. */
  | { readonly kind: "held"; readonly at: Date };

/** Far longer than posting takes, and than clocks of replicas are apart. */
export const leaseMs = 10 * 60_000;
/** After a failure that surely posted nothing. */
export const retryMs = 5 * 60_000;

/** Never rejects for what Slack or the store do; `later` says when to try again. */
export async function postOnce(asked: DigestAsked, ports: PostPorts): Promise<Attempt> {
  try {
    return await attempt(asked, ports);
  } catch (thrown) {
    if (!(thrown instanceof ExternalError || thrown instanceof OperatorError)) throw thrown;
    // The claim, if it is ours, says how far it came; the next holder of it goes on from there.
    return later(ports, messageOf(thrown), leaseMs);
  }
}

async function attempt({ channel, week }: DigestAsked, ports: PostPorts): Promise<Attempt> {
  const { claims, slack, newHolder, now } = ports;
  const team = await slack.team();
  if (team.kind !== "team") return later(ports, `Slack: ${team.why}`, retryMs);
  const place = { team: team.id, channel, week };
  const claimed = await claims.claim(place, { holder: newHolder(), ttlMs: leaseMs, now: now() });
  if (claimed.kind === "ended") return { kind: "ended" };
  if (claimed.kind === "held") return { kind: "held", at: claimed.until };
  const before = await lookedUp(claimed.claim, { channel, week }, ports);
  return before ?? (await post(claimed.claim, { channel, week }, ports));
}

/** undefined: it was not posted before. */
async function lookedUp(claim: DigestClaim, asked: DigestAsked, ports: PostPorts): Promise<Attempt | undefined> {
  const { slack, now, log } = ports;
  if (claim.begunAt === null) return undefined;
  const found = await slack.find(asked.week, claim.begunAt);
  if (found.kind === "not-there") return undefined;
  if (found.kind === "failed") return { kind: "later", at: claim.until, why: `Slack: ${found.why}` };
  if (found.kind === "found") {
    await claim.end("posted", found.ts, now());
    log.info({ ...asked, ts: found.ts }, "the digest had been posted by one that died before it could say so");
    return { kind: "posted" };
  }
  await claim.end("given-up", null, now());
  log.error(
    { ...asked, why: found.why },
    "the digest may have been posted, and the channel cannot be read to find out; it is not posted again",
  );
  return { kind: "given-up" };
}

async function post(claim: DigestClaim, asked: DigestAsked, ports: PostPorts): Promise<Attempt> {
  const { slack, now, log } = ports;
  const message = await made(asked.week, ports);
  if (message instanceof Error) {
    await claim.putOff(new Date(now().getTime() + retryMs));
    return later(ports, messageOf(message), retryMs);
  }
  if (!(await claim.begin(now()))) return later(ports, "another one took over", leaseMs);
  const sent = await slack.post(message, asked.week);
  if (sent.kind === "posted") {
    if (!(await claim.end("posted", sent.ts, now())))
      log.warn(asked, "posting took so long that another one looks too");
    log.info({ ...asked, ts: sent.ts }, "the digest was posted");
    return { kind: "posted" };
  }
  if (sent.kind === "refused") {
    const waitMs = Math.max(retryMs, (sent.waitSeconds ?? 0) * 1000);
    await claim.putOff(new Date(now().getTime() + waitMs));
    return later(ports, `Slack: ${sent.why}`, waitMs);
  }
  // It stays at `posting`: whoever takes the ended lease over looks into the channel first.
  return later(ports, `Slack: ${sent.why}; it may have been posted`, leaseMs);
}

async function made(week: string, ports: PostPorts): Promise<ReturnType<typeof digestMessage> | Error> {
  try {
    return digestMessage(await ports.digest(week));
  } catch (thrown) {
    if (thrown instanceof ExternalError || thrown instanceof OperatorError) return thrown;
    throw thrown;
  }
}

function later({ now }: PostPorts, why: string, waitMs: number): Attempt {
  return { kind: "later", at: new Date(now().getTime() + waitMs), why };
}
