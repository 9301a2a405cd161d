import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readBundle } from "../../src/platform/files/bundle/bundle.ts";
import type { Report } from "../../src/report/report.ts";
import { ExternalError } from "../../src/shared/errors.ts";
import type { Diagnosis, Question } from "../../src/usecases/diagnose.ts";
import { realEngine } from "../support/engine.ts";
import { incidents, type Journey, startJourney } from "../support/slack-journey.ts";

const bundle = (slug: string): string => fileURLToPath(new URL(`../bundles/${slug}/bundle.json.gz`, import.meta.url));

async function recorded(slug: string): Promise<Extract<Diagnosis, { kind: "report" }>> {
  const evidence = await readBundle(bundle(slug));
  return { kind: "report", report: (await realEngine()).judge(evidence).report, evidence };
}

/** Everything a reader of the channel can see of a message: its text and all text in its blocks. */
function shownText(message: { readonly text: string; readonly blocks?: unknown }): string {
  return `${message.text}\n${JSON.stringify(message.blocks ?? [])}`;
}

describe.each(["socket", "http"] as const)("/node why over %s", (mode) => {
  let journey: Journey;
  let answer: (question: Question) => Promise<Diagnosis>;
  let asked: Question[];

  beforeEach(async () => {
    asked = [];
    answer = async () => recorded("runtime-stopped");
    journey = await startJourney(mode, {
      diagnose: (question) => {
        asked.push(question);
        return answer(question);
      },
    });
  });
  afterEach(() => journey.stop());

  test("one message shows progress and becomes the answer; the evidence is in its thread", async () => {
    const { slack } = journey;
    expect((await slack.slash({ text: "why worker-7" })).acknowledged).toBe(true);
    const message = await slack.waitFor(() => slack.messages(incidents).find(({ text }) => text.includes("CONFIRMED")));
    expect(slack.messages(incidents)).toHaveLength(1);
    expect(message.edits.length).toBeGreaterThan(0);
    expect(message.text).toMatch(/^worker-7 NotReady/);
    const thread = await slack.waitFor(() => {
      const all = slack.thread(incidents, message.ts);
      return all.length > 1 && all;
    });
    expect(shownText(thread[1] ?? message)).toContain("rich_text_preformatted");
    expect(asked.map(({ name }) => name)).toEqual(["worker-7"]);
    expect(slack.problems()).toEqual([]);
  });

  test("a delivery that Slack repeats is answered once", async () => {
    const { slack } = journey;
    await slack.slash({ text: "why worker-7" });
    await slack.deliverAgain();
    await slack.waitFor(() => slack.messages(incidents).find(({ text }) => text.includes("CONFIRMED")));
    expect(asked).toHaveLength(1);
    expect(slack.messages(incidents)).toHaveLength(1);
  });

  test("what a log says is never markup", async () => {
    const nasty = "<!channel> *bold* <https://evil.example|click> @here &amp;";
    answer = async () => {
      const found = await recorded("runtime-stopped");
      const [root, ...rest] = found.report.causes;
      if (!root) throw new Error("no cause");
      const evidence = root.evidence.map((each) => ({ ...each, says: nasty, line: nasty }));
      const report: Report = { ...found.report, causes: [{ ...root, says: nasty, evidence }, ...rest] };
      return { ...found, report };
    };
    const { slack } = journey;
    await slack.slash({ text: "why worker-7" });
    const message = await slack.waitFor(() => slack.messages(incidents).find(({ text }) => text.includes("CONFIRMED")));
    expect(message.text).not.toContain("<!channel>");
    expect(message.text).toContain("&lt;!channel&gt;");
    const types = [...JSON.stringify(message.blocks).matchAll(/"type":"([a-z_]+)"/g)].map(([, type]) => type);
    expect(types).not.toContain("mrkdwn");
    expect(slack.problems()).toEqual([]);
  });

  test("an unknown name gets the nearest ones", async () => {
    answer = async () => ({ kind: "unknown-node", node: "wroker-7", cluster: "lab", nearest: ["worker-7"] });
    const { slack } = journey;
    await slack.slash({ text: "why wroker-7" });
    await slack.waitFor(() => slack.messages(incidents).find(({ text }) => text.includes("worker-7.")));
  });

  test("a failure is said in the message, without a stack", async () => {
    answer = async () => {
      throw new ExternalError("kubernetes", "the API server does not answer", true);
    };
    const { slack } = journey;
    await slack.slash({ text: "why worker-7" });
    const message = await slack.waitFor(() =>
      slack.messages(incidents).find(({ text }) => text.includes("does not answer")),
    );
    expect(shownText(message)).not.toMatch(/\bat .*\.ts:\d+/);
  });

  test.each(["U0GUS", "U0SAM"])("an outsider (%s) is refused and nothing is asked", async (user) => {
    const { slack } = journey;
    await slack.slash({ text: "why worker-7", user });
    await slack.waitFor(() => slack.ephemerals(user).length > 0);
    expect(asked).toEqual([]);
    expect(slack.messages(incidents)).toEqual([]);
  });

  test.each(["C0SHARED", "C0GENERAL"])("another channel (%s) is refused", async (channel) => {
    const { slack } = journey;
    await slack.slash({ text: "why worker-7", channel });
    await slack.waitFor(() => slack.ephemerals().length > 0);
    expect(asked).toEqual([]);
  });

  test("Slack failing once does not lose the answer", async () => {
    const { slack } = journey;
    slack.failNext({ method: "chat.update", status: 500, times: 1 });
    await slack.slash({ text: "why worker-7" });
    await slack.waitFor(() => slack.messages(incidents).find(({ text }) => text.includes("CONFIRMED")));
  });

  test.each(["list", "history worker-7", "causes", "help", "nonsense"])("%s is answered to the asker", async (text) => {
    const { slack } = journey;
    await slack.slash({ text });
    await slack.waitFor(() => slack.ephemerals().length > 0);
    expect(slack.problems()).toEqual([]);
  });
});

test("the bundle of the journey is the recorded one", () => {
  expect(readFileSync(bundle("runtime-stopped")).length).toBeGreaterThan(1_000);
});
