import { describe, expect, test } from "@jest/globals";
import { dyingAt, sampleDigest } from "../../../../test/store/digest-race.ts";
import { inFreshFolder } from "../../../../test/store/embedded-under-test.ts";
import { november } from "../../../../test/store/samples.ts";
import type { DigestClaims } from "../../../digest/claims.ts";
import { digestClaims } from "../../../platform/store/digest-claims.ts";
import { openEmbedded } from "../../../platform/store/embedded.ts";
import { Bug, ExternalError, OperatorError } from "../../../shared/errors.ts";
import type { DigestChannel, Found, Trouble } from "./channel.ts";
import { type Attempt, leaseMs, type PostPorts, postOnce, retryMs } from "./post-once.ts";

const start = november(23);
const asked = { channel: "#incidents", week: "2026-W47" };
const plus = (ms: number): Date => new Date(start.getTime() + ms);

interface Told {
  readonly level: string;
  readonly message: string;
}

/** A channel that does as it is told, and a bot whose clock is moved by hand. */
function stage(claims: DigestClaims) {
  const posted: string[] = [];
  const told: Told[] = [];
  let holders = 0;
  const world = {
    now: start,
    posting: undefined as Trouble | undefined,
    found: { kind: "not-there" } as Found,
    digest: async () => sampleDigest,
    claims,
  };
  const slack: DigestChannel = {
    team: async () => ({ kind: "team", id: "T1" }),
    post: async (_message, week) => {
      if (world.posting) return world.posting;
      posted.push(week);
      return { kind: "posted", ts: `1.${posted.length}` };
    },
    find: async () => world.found,
  };
  const tell = (level: string) => (_fields: object, message: string) => void told.push({ level, message });
  const attempt = (changes: Partial<PostPorts> = {}): Promise<Attempt> =>
    postOnce(asked, {
      claims: world.claims,
      slack,
      digest: () => world.digest(),
      newHolder: () => `bot-${holders++}`,
      now: () => world.now,
      log: { debug: tell("debug"), info: tell("info"), warn: tell("warn"), error: tell("error") },
      ...changes,
    });
  return { world, posted, told, attempt, slack };
}

type Stage = ReturnType<typeof stage>;

const onStage = (body: (stage: Stage, state: () => Promise<unknown>) => Promise<void>) =>
  inFreshFolder(async (dir) => {
    const documents = await openEmbedded({ dir });
    const state = async () => (await documents.get("claims", "digest:T1:incidents:2026-W47"))?.state ?? null;
    await body(stage(digestClaims(documents)), state);
    await documents.close();
  });

const noAnswer: Trouble = { kind: "unknown", why: "socket hang up" };

describe("posting a digest once", () => {
  test(
    "what was posted is never tried again, however long ago",
    onStage(async ({ world, posted, attempt }, state) => {
      expect(await attempt()).toEqual({ kind: "posted" });
      expect(await state()).toBe("posted");
      world.now = plus(100 * leaseMs);
      expect(await attempt()).toEqual({ kind: "ended" });
      expect(posted).toEqual(["2026-W47"]);
    }),
  );

  test.each<[string, Trouble, number]>([
    ["a refusal", { kind: "refused", why: "not_in_channel", waitSeconds: null }, retryMs],
    ["a short limit", { kind: "refused", why: "Slack limits the rate", waitSeconds: 30 }, retryMs],
    ["a long limit", { kind: "refused", why: "Slack limits the rate", waitSeconds: 1_800 }, 1_800_000],
  ])("after %s it is tried again without a look into the channel", (_what, trouble, waitMs) =>
    onStage(async ({ world, posted, attempt }) => {
      world.posting = trouble;
      world.found = { kind: "unreadable", why: "missing_scope" };
      expect(await attempt()).toMatchObject({ kind: "later", at: plus(waitMs) });
      world.posting = undefined;
      world.now = plus(waitMs - 1);
      expect(await attempt()).toEqual({ kind: "held", at: plus(waitMs) });
      world.now = plus(waitMs);
      expect(await attempt()).toEqual({ kind: "posted" });
      expect(posted).toHaveLength(1);
    })(),
  );

  test(
    "after no answer, what is found in the channel is not posted again",
    onStage(async ({ world, posted, attempt }, state) => {
      world.posting = noAnswer;
      expect(await attempt()).toMatchObject({ kind: "later", at: plus(leaseMs) });
      expect(await state()).toBe("posting");
      world.posting = undefined;
      world.found = { kind: "found", ts: "1.7" };
      world.now = plus(leaseMs);
      expect(await attempt()).toEqual({ kind: "posted" });
      expect(posted).toEqual([]);
      expect(await state()).toBe("posted");
    }),
  );

  test(
    "after no answer, where the channel cannot be read it is at most once, and the log says so",
    onStage(async ({ world, posted, told, attempt }, state) => {
      world.posting = noAnswer;
      await attempt();
      world.posting = undefined;
      world.found = { kind: "unreadable", why: "missing_scope" };
      world.now = plus(leaseMs);
      expect(await attempt()).toEqual({ kind: "given-up" });
      expect(told.map(({ level }) => level)).toEqual(["error"]);
      world.now = plus(2 * leaseMs);
      expect(await attempt()).toEqual({ kind: "ended" });
      expect([posted, await state()]).toEqual([[], "given-up"]);
    }),
  );

  test(
    "a look that fails is no answer: nothing is posted until one succeeds",
    onStage(async ({ world, posted, attempt }) => {
      world.posting = noAnswer;
      await attempt();
      world.posting = undefined;
      world.found = { kind: "failed", why: "Slack limits the rate" };
      world.now = plus(leaseMs);
      expect(await attempt()).toMatchObject({ kind: "later", at: plus(2 * leaseMs) });
      world.found = { kind: "not-there" };
      world.now = plus(2 * leaseMs);
      expect(await attempt()).toEqual({ kind: "posted" });
      expect(posted).toHaveLength(1);
    }),
  );

  test(
    "the look goes back to the first try, however many there were",
    onStage(async ({ world, attempt, slack }) => {
      const asked: Date[] = [];
      const looking = {
        slack: {
          ...slack,
          find: async (_week: string, since: Date) => {
            asked.push(since);
            return { kind: "not-there" } as const;
          },
        },
      };
      world.posting = noAnswer;
      await attempt();
      world.now = plus(leaseMs);
      await attempt(looking);
      world.now = plus(2 * leaseMs);
      await attempt(looking);
      expect(asked).toEqual([start, start]);
    }),
  );

  test.each([
    ["memory is away", new ExternalError("mongodb", "away", true)],
    ["nothing is remembered", new OperatorError("nothing is remembered")],
  ])("where %s, it is put off, and nothing is in doubt", (_what, problem) =>
    onStage(async ({ world, posted, attempt }, state) => {
      world.digest = () => Promise.reject(problem);
      expect(await attempt()).toMatchObject({ kind: "later", at: plus(retryMs), why: problem.message });
      expect(await state()).toBe("claimed");
      world.digest = async () => sampleDigest;
      world.now = plus(retryMs);
      expect(await attempt()).toEqual({ kind: "posted" });
      expect(posted).toHaveLength(1);
    })(),
  );

  test(
    "the store going away after the post doubles nothing",
    onStage(async ({ world, posted, attempt }) => {
      const { claims } = world;
      world.claims = dyingAt("end", claims);
      expect(await attempt()).toMatchObject({ kind: "later" });
      world.claims = claims;
      world.found = { kind: "found", ts: "1.1" };
      world.now = plus(leaseMs);
      expect(await attempt()).toEqual({ kind: "posted" });
      expect(posted).toHaveLength(1);
    }),
  );

  test(
    "Slack that does not know us claims nothing",
    onStage(async ({ attempt, slack }, state) => {
      const team = async (): Promise<Trouble> => ({ kind: "refused", why: "invalid_auth", waitSeconds: null });
      expect(await attempt({ slack: { ...slack, team } })).toMatchObject({ kind: "later" });
      expect(await state()).toBeNull();
    }),
  );

  test(
    "a bug is not swallowed",
    onStage(async ({ world, attempt }) => {
      world.digest = () => Promise.reject(new Bug("x"));
      await expect(attempt()).rejects.toBeInstanceOf(Bug);
    }),
  );
});
