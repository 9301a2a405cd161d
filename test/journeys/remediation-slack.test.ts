import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { slackSchema } from "../../src/config/schema.ts";
import {
  ask,
  type Bot,
  buttonsOf,
  dialogSays,
  incidents,
  openDialog,
  startBot,
  textOf,
  threadSays,
} from "./remediation-bot.ts";
import type { PracticeNode } from "./remediation-node.ts";
import { type Scene, scene } from "./remediation-scene.ts";

let stage: Scene;
let bot: Bot;
beforeEach(async () => {
  stage = await scene();
  bot = await startBot(stage, stage.world);
});
afterEach(async () => {
  await bot.stop();
  await stage.close();
});

describe("from the button to the proof", () => {
  test("press, read, confirm: progress and end are in the thread, and the node is well", async () => {
    const answer = await ask(bot);
    expect(buttonsOf(answer)).toEqual(["fix.restart-runtime"]);
    const dialog = await openDialog(bot, answer);
    const said = textOf(dialog.view.blocks);
    for (const words of [
      "systemctl restart containerd.service",
      "10.0.0.2",
      "low",
      "runtime-stopped",
      "Never tried",
      "batch/import",
      "1 of 3 nodes",
    ])
      expect(said).toContain(words);
    expect(dialog.view.submit).toBeDefined();
    const { result } = await bot.slack.submitView({ user: "ana" });
    expect(result).toBe("updated");
    const end = await threadSays(bot, answer, "SUCCEEDED");
    expect(textOf(end.blocks)).toContain("same boot");
    const progress = bot.slack
      .thread(incidents, answer.ts)
      .slice(1)
      .find(({ edits }) => edits.length > 0);
    expect(textOf(progress?.blocks)).toContain("U0ANA");
    expect(await dialogSays(bot, "Confirmed")).toContain("thread");
    expect(stage.node.runtime).toBe("active");
    expect(bot.slack.problems()).toEqual([]);
  });

  test("nothing below confirmed has a button, and neither has a node that is well", async () => {
    stage.node.verdict = "likely";
    expect(buttonsOf(await ask(bot))).toEqual([]);
    stage.node.verdict = null;
    stage.node.runtime = "active";
    expect(buttonsOf(await ask(bot))).toEqual([]);
  });

  test("a closed dialog is a cancellation: the record says so and nothing was run", async () => {
    const answer = await ask(bot);
    await openDialog(bot, answer);
    await bot.slack.closeView({ user: "ana" });
    await bot.stop(); // it waits for what is under way
    const [kept] = await stage.documents.find("remediations", { state: "refused" }, { limit: 1 });
    expect(kept).toMatchObject({ outcome: { code: "cancelled" } });
    expect(stage.node.sent).toEqual([]);
  });
});

describe("who and how often", () => {
  test("a double click opens one dialog and makes one proposal", async () => {
    const answer = await ask(bot);
    await Promise.all(
      [1, 2].map(() => bot.slack.click({ message: answer, actionId: "fix.restart-runtime", user: "ana" })),
    );
    await dialogSays(bot, "systemctl");
    expect(bot.slack.calls("views.open")).toHaveLength(1);
    expect(await stage.documents.count("remediations", { state: "proposed" })).toBe(1);
  });

  test("a confirmation that Slack delivers again runs once", async () => {
    const answer = await ask(bot);
    await openDialog(bot, answer);
    await bot.slack.submitView({ user: "ana" });
    await bot.slack.deliverAgain();
    await threadSays(bot, answer, "SUCCEEDED");
    expect(stage.node.sent).toHaveLength(1);
    expect(bot.slack.thread(incidents, answer.ts).filter(({ text }) => text.includes("SUCCEEDED"))).toHaveLength(1);
  });

  test("two people at once: one wins, the other is told who is at work", async () => {
    const answer = await ask(bot);
    await openDialog(bot, answer, "ana");
    await openDialog(bot, answer, "bo");
    let release = (): void => undefined;
    stage.node.onStep = () =>
      new Promise((resolve) => {
        release = () => resolve({ kind: "exited", exitCode: 1, output: "" });
      });
    await bot.slack.submitView({ user: "ana" });
    await threadSays(bot, answer, "running");
    await bot.slack.submitView({ user: "bo" });
    expect(await dialogSays(bot, "at work", "bo")).toContain("U0ANA");
    release();
    await threadSays(bot, answer, "FAILED");
    expect(stage.node.sent).toHaveLength(1);
  });

  test.each([
    ["gus", "guest"],
    ["sam", "members of this workspace"],
  ])("%s may look at no plan and run nothing", async (user, why) => {
    const answer = await ask(bot);
    await openDialog(bot, answer, user);
    expect(await dialogSays(bot, "may not", user)).toContain(why);
    expect(await stage.documents.count("remediations", {})).toBe(0);
  });

  test("rights taken away between the dialog and the confirmation refuse it", async () => {
    const answer = await ask(bot);
    await openDialog(bot, answer);
    bot.slack.workspace.putUser({ id: "U0ANA", name: "ana", kind: "guest" });
    await bot.slack.submitView({ user: "ana" });
    expect(await dialogSays(bot, "Refused")).toContain("guest");
    expect(stage.node.sent).toEqual([]);
  });

  test("members of a user group may; whoever leaves it may not", async () => {
    await bot.stop();
    const config = slackSchema.parse({ channel: "#incidents", roles: { operators: { groups: ["S0ONCALL"] } } });
    bot = await startBot(stage, stage.world, { config });
    const answer = await ask(bot);
    await openDialog(bot, answer, "ana");
    expect(bot.slack.views("ana")[0]?.view.submit).toBeDefined();
    bot.slack.workspace.putUserGroup({ id: "S0ONCALL", handle: "oncall", users: ["U0BO"] });
    await bot.slack.submitView({ user: "ana" });
    expect(await dialogSays(bot, "Refused")).toContain("not among the operators");
    await openDialog(bot, answer, "bo");
    expect(bot.slack.views("bo")[0]?.view.submit).toBeDefined();
  });
});

describe("what changes between the dialog and the confirmation", () => {
  test("fifteen minutes pass: expired", async () => {
    const answer = await ask(bot);
    await openDialog(bot, answer);
    stage.clock.pass(15 * 60_000);
    await bot.slack.submitView({ user: "ana" });
    expect(await dialogSays(bot, "Refused")).toContain("Fix…");
    expect(stage.node.sent).toEqual([]);
  });

  test.each<[string, Partial<PracticeNode>, string]>([
    ["the node heals", { runtime: "active" }, "healed"],
    ["the cause changes", { cause: "disk-full" }, "disk-full"],
    ["the node is booted", { bootId: "b0070000-0000-4000-8000-000000000002" }, "booted"],
  ])("%s: refused in the thread, nothing run", async (_, change, words) => {
    const answer = await ask(bot);
    await openDialog(bot, answer);
    Object.assign(stage.node, change);
    await bot.slack.submitView({ user: "ana" });
    const end = await threadSays(bot, answer, "REFUSED");
    expect(end.text).toContain(words);
    expect(stage.node.sent).toEqual([]);
  });

  test("a press on an old answer whose node is well by now says that there is nothing to fix", async () => {
    const answer = await ask(bot);
    stage.node.runtime = "active";
    await openDialog(bot, answer);
    expect(await dialogSays(bot, "nothing wrong now")).toContain("n2");
  });
});
