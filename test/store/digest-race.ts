/** Many bots, one store, one channel: whatever happens, one digest. Run on the embedded store and on MongoDB. */
import { describe, expect, test } from "@jest/globals";
import { type Standin, startSlackStandin } from "../../src/demo/slack/standin.ts";
import type { DigestClaims } from "../../src/digest/claims.ts";
import { digestOf } from "../../src/digest/digest.ts";
import { seenOf } from "../../src/digest/seen.ts";
import { parseWeek } from "../../src/digest/week.ts";
import { type Attempt, leaseMs, type PostPorts, postOnce } from "../../src/entry/slack/digest/post-once.ts";
import { digestChannel } from "../../src/entry/slack/digest/slack-channel.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { digestClaims } from "../../src/platform/store/digest-claims.ts";
import type { Documents } from "../../src/platform/store/documents.ts";
import { ExternalError } from "../../src/shared/errors.ts";
import { incident, november } from "./samples.ts";
import { type OpenStoreUnderTest, onFreshStore, race } from "./store-under-test.ts";

export const racers = 20;
export const week = "2026-W47";
const channel = "#incidents";
const slot = november(23);

export const sampleDigest = digestOf({
  week: parseWeek(week),
  timeZone: "UTC",
  clusters: ["prod"],
  seen: [seenOf(incident("a", 16)), seenOf(incident("b", 17, { node: "worker-8" }))],
  fixes: [],
  words: (cause) => ({ title: cause, lastingFix: null }),
});

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
let holders = 0;

/** A bot with its own clients, at a time that the test says. */
export function bot(slack: Standin, claims: DigestClaims, now: Date, changes: Partial<PostPorts> = {}): PostPorts {
  return {
    claims,
    slack: digestChannel({ token: slack.botToken, apiUrl: slack.apiUrl, channel, log: silent }),
    digest: async () => sampleDigest,
    newHolder: () => `bot-${process.pid}-${holders++}`,
    now: () => now,
    log: silent,
    ...changes,
  };
}

export const digestsIn = (slack: Standin): readonly unknown[] =>
  slack.messages("incidents").filter(({ metadata }) => metadata?.event_type === "node_why_digest");

/** Slack's clock stands at the slot, 4 minutes behind ours. */
const slotClock = { now: () => slot.getTime() - 4 * 60_000, after: systemClock.after };

const past = (ms: number): Date => new Date(slot.getTime() + ms);
const tryAt = (slack: Standin, documents: Documents, now: Date): Promise<Attempt> =>
  postOnce({ channel, week }, bot(slack, digestClaims(documents), now));

function withSlack(
  open: OpenStoreUnderTest,
  body: (slack: Standin, connections: readonly Documents[]) => Promise<void>,
) {
  return onFreshStore(open, async ({ documents, again }) => {
    const slack = await startSlackStandin({ clock: slotClock });
    try {
      await body(slack, [documents, await again()]);
    } finally {
      await slack.close();
    }
  });
}

const raced = (slack: Standin, connections: readonly Documents[], now: Date): Promise<readonly Attempt[]> =>
  race(racers, connections, (documents) => tryAt(slack, documents, now));

const kinds = (attempts: readonly Attempt[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(attempts, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]));

export function digestRace(open: OpenStoreUnderTest): void {
  describe("the digest, by many bots", () => {
    test(
      `${racers} racing replicas post one digest, and none later`,
      withSlack(open, async (slack, connections) => {
        const attempts = await raced(slack, connections, slot);
        expect(kinds(attempts).posted).toBe(1);
        expect(digestsIn(slack)).toHaveLength(1);
        expect(kinds(await raced(slack, connections, past(2 * leaseMs)))).toEqual({ ended: racers });
        expect(digestsIn(slack)).toHaveLength(1);
        expect(slack.problems()).toEqual([]);
      }),
    );

    test(
      "one that dies after posting is not followed by a second digest",
      withSlack(open, async (slack, connections) => {
        const [documents] = connections;
        if (!documents) throw new Error("no store");
        await postOnce({ channel, week }, bot(slack, dyingAt("end", digestClaims(documents)), slot));
        expect(digestsIn(slack)).toHaveLength(1);
        expect(kinds(await raced(slack, connections, past(leaseMs / 2)))).toEqual({ held: racers });
        expect(kinds(await raced(slack, connections, past(leaseMs))).posted).toBe(1);
        expect(digestsIn(slack)).toHaveLength(1);
      }),
    );

    test(
      "one that dies before posting is followed by one digest",
      withSlack(open, async (slack, connections) => {
        const [documents] = connections;
        if (!documents) throw new Error("no store");
        await postOnce({ channel, week }, bot(slack, dyingAt("begin", digestClaims(documents)), slot));
        expect(digestsIn(slack)).toHaveLength(0);
        expect(kinds(await raced(slack, connections, past(leaseMs))).posted).toBe(1);
        expect(digestsIn(slack)).toHaveLength(1);
      }),
    );

    test(
      "Slack that fails while it is posted delays it, and doubles nothing",
      withSlack(open, async (slack, connections) => {
        slack.failNext({ method: "chat.postMessage", reset: true });
        const first = await raced(slack, connections, slot);
        expect(kinds(first).later).toBe(1);
        expect(digestsIn(slack)).toHaveLength(0);
        expect(kinds(await raced(slack, connections, past(leaseMs))).posted).toBe(1);
        expect(digestsIn(slack)).toHaveLength(1);
      }),
    );
  });
}

/** A bot's claims that fail at one step as if the process had ended there: `begin` is written, `end` never is. */
export function dyingAt(step: "begin" | "end", claims: DigestClaims): DigestClaims {
  return {
    claim: async (place, claimant) => {
      const claimed = await claims.claim(place, claimant);
      if (claimed.kind !== "ours") return claimed;
      const { claim } = claimed;
      const dead = (): Promise<boolean> => Promise.reject(new ExternalError("store", "died here", false));
      const begin = async (now: Date): Promise<boolean> => {
        await claim.begin(now);
        return dead();
      };
      return { kind: "ours", claim: { ...claim, ...(step === "begin" ? { begin } : { end: dead }) } };
    },
  };
}
