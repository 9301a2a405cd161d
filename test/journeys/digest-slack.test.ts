/** From incidents in a real store to the digest in the channel. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { digestMaker } from "../../src/compose/digest.ts";
import { startDigest } from "../../src/compose/digest-poster.ts";
import { type Standin, startSlackStandin } from "../../src/demo/slack/standin.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { incidents, startJourney } from "../support/slack-journey.ts";
import { composed, settingsOf, threeWeeks } from "./digest-scene.ts";
import { logbook } from "./remediation-log.ts";
import { type Scene, scene } from "./remediation-scene.ts";

let stage: Scene;
let slack: Standin;
/** What a test started, to be stopped before what it stands on. */
let started: (() => Promise<unknown> | undefined)[];
beforeEach(async () => {
  stage = await scene();
  slack = await startSlackStandin({
    clock: { now: () => Date.parse("2026-11-23T12:00:00Z"), after: systemClock.after },
  });
  started = [];
});
afterEach(async () => {
  for (const stop of started) await stop();
  await slack.close();
  await stage.close();
});

describe("the digest in Slack", () => {
  test.each([
    ["digest", "2026-W47"],
    ["digest 2026-w46", "2026-W46"],
  ])("/node %s answers the asker with it", async (text, week) => {
    await threeWeeks(stage.documents);
    const journey = await startJourney("socket", {
      digest: digestMaker(settingsOf({}), await composed(stage.documents)),
    });
    started.push(journey.stop);
    await journey.slack.slash({ text });
    const [answer] = await journey.slack.waitFor(() => {
      const seen = journey.slack.ephemerals();
      return seen.length > 0 && seen;
    });
    expect(answer?.text).toContain(week);
    expect(journey.slack.messages(incidents)).toEqual([]);
    expect(journey.slack.problems()).toEqual([]);
  });

  test("/node digest with a week that is none says how one is written", async () => {
    const journey = await startJourney("socket", {
      digest: digestMaker(settingsOf({}), await composed(stage.documents)),
    });
    started.push(journey.stop);
    await journey.slack.slash({ text: "digest <!channel>" });
    const [answer] = await journey.slack.waitFor(() => {
      const seen = journey.slack.ephemerals();
      return seen.length > 0 && seen;
    });
    expect(answer?.text).toContain("2026-W47");
    expect(answer?.text).not.toContain("<!channel>");
  });

  test("two bots started on its day post it once, to the configured channel, with its own metadata", async () => {
    await threeWeeks(stage.documents);
    const { clock, world, memory } = await composed(stage.documents);
    const settings = settingsOf({ slack: { channel: "#incidents" } }, slack);
    const [one, other] = [logbook(), logbook()];
    const bots = [one, other].map(({ note }) => {
      const log = { debug: () => undefined, info: note, warn: note, error: note };
      return startDigest(settings, { world, memory }, log);
    });
    started.push(...bots.map((bot) => () => bot?.stop()));
    const message = await slack.waitFor(() => slack.messages(incidents)[0]);
    await Promise.all(bots.map((bot) => bot?.stop()));
    expect(slack.messages(incidents)).toHaveLength(1);
    expect(message.metadata).toEqual({ event_type: "node_why_digest", event_payload: { week: "2026-W47" } });
    expect(message.text).toContain("5 incidents");
    expect(slack.problems()).toEqual([]);
    expect([...one.lines, ...other.lines].filter((line) => line.includes("was posted"))).toHaveLength(1);
    expect(clock.now().toISOString()).toBe("2026-11-23T12:00:00.000Z");
  });

  test("Slack failing while it is posted: the same bot posts it when its claim has ended", async () => {
    const { clock, world, memory } = await composed(stage.documents);
    const { note, lines, whenLogged } = logbook();
    slack.failNext({ method: "chat.postMessage", status: 503 });
    const log = { debug: () => undefined, info: note, warn: note, error: note };
    const bot = startDigest(settingsOf({ slack: { channel: "#incidents" } }, slack), { world, memory }, log);
    started.push(() => bot?.stop());
    await whenLogged("the digest is not posted yet");
    // The next look is set in the same turn of the event loop.
    await new Promise(setImmediate);
    expect(slack.messages(incidents)).toEqual([]);
    clock.advance(10 * 60_000);
    await slack.waitFor(() => slack.messages(incidents).length === 1);
    await bot?.stop();
    expect(slack.calls("conversations.history")).toHaveLength(1);
    expect(lines.filter((line) => line.includes("was posted"))).toHaveLength(1);
  });

  test.each([
    ["no channel is configured", {}],
    ["its day is never", { slack: { channel: "#incidents" }, digest: { day: "never" } }],
  ])("nothing is posted where %s", async (_what, config) => {
    const { world, memory } = await composed(stage.documents);
    const { note } = logbook();
    const log = { debug: note, info: note, warn: note, error: note };
    expect(startDigest(settingsOf(config, slack), { world, memory }, log)).toBeUndefined();
    expect(slack.calls()).toEqual([]);
  });
});
