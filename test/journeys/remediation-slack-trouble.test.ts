import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Documents } from "../../src/platform/store/documents.ts";
import { ExternalError } from "../../src/shared/errors.ts";
import { ask, type Bot, dialogSays, incidents, openDialog, startBot, textOf, threadSays } from "./remediation-bot.ts";
import { restart } from "./remediation-node.ts";
import { type Scene, scene } from "./remediation-scene.ts";

/** A store that can be taken away and given back. */
const store = { away: false };
function leaving(documents: Documents): Documents {
  const gone = async <Answer>(answer: () => Promise<Answer>): Promise<Answer> => {
    if (store.away) throw new ExternalError("mongodb", "no server answers", true);
    return await answer();
  };
  return {
    ...documents,
    insert: (...given) => gone(() => documents.insert(...given)),
    get: (...given) => gone(() => documents.get(...given)),
    find: (...given) => gone(() => documents.find(...given)),
    count: (...given) => gone(() => documents.count(...given)),
    replaceIfRevision: (...given) => gone(() => documents.replaceIfRevision(...given)),
  };
}

let stage: Scene;
let bot: Bot;
beforeEach(async () => {
  store.away = false;
  stage = await scene(leaving);
  bot = await startBot(stage, stage.world);
});
afterEach(async () => {
  await bot.stop();
  await stage.close();
});

const only = async (): Promise<unknown> => (await stage.documents.find("remediations", {}, { limit: 2 }))[0];

test("the connection is lost midway: the thread says so, and nothing is sent again", async () => {
  const answer = await ask(bot);
  await openDialog(bot, answer);
  stage.node.onStep = async () => ({ kind: "unknown", says: "the connection ended before the command did" });
  await bot.slack.submitView({ user: "ana" });
  const end = await threadSays(bot, answer, "FAILED");
  expect(end.text).toContain("the connection ended");
  expect(stage.node.sent).toHaveLength(1);
});

test("a command that fails: its output is shown as typed, not as markup", async () => {
  const answer = await ask(bot);
  await openDialog(bot, answer);
  stage.node.onStep = async () => ({ kind: "exited", exitCode: 1, output: "Job failed. <!channel> *see*" });
  await bot.slack.submitView({ user: "ana" });
  const end = await threadSays(bot, answer, "FAILED");
  expect(end.text).not.toContain("<!channel>");
  expect(JSON.stringify(end.blocks)).toContain("rich_text_preformatted");
  expect(bot.slack.problems()).toEqual([]);
});

test("the store is away when Fix… is pressed: nothing is proposed, and the dialog says why", async () => {
  const answer = await ask(bot);
  store.away = true;
  await openDialog(bot, answer);
  expect(await dialogSays(bot, "mongodb failed")).toContain("Nothing was changed");
});

test("the store is away when it is confirmed: nothing is run", async () => {
  const answer = await ask(bot);
  await openDialog(bot, answer);
  store.away = true;
  await bot.slack.submitView({ user: "ana" });
  await dialogSays(bot, "mongodb failed");
  expect(stage.node.sent).toEqual([]);
});

test("the store goes away while the step runs: the thread says what is not recorded; later it is found and told", async () => {
  const answer = await ask(bot);
  await openDialog(bot, answer);
  stage.node.onStep = async (step) => {
    store.away = true;
    restart(stage.node, step);
    return { kind: "exited", exitCode: 0, output: "" };
  };
  await bot.slack.submitView({ user: "ana" });
  const end = await bot.slack.waitFor(() =>
    bot.slack.thread(incidents, answer.ts).find(({ blocks }) => textOf(blocks).includes("NOT RECORDED")),
  );
  expect(textOf(end.blocks)).toContain("mongodb");
  store.away = false;
  stage.clock.pass(200_000);
  bot.minutes.advance(60_000);
  const later = await threadSays(bot, answer, "INTERRUPTED");
  expect(later.text).toContain("its end is not known");
  expect(later.text).toContain("Ready is True");
  expect(stage.node.sent).toHaveLength(1);
});

test("the bot dies midway: the next one finds it at its start, says how the node is now, and runs nothing", async () => {
  const answer = await ask(bot);
  await openDialog(bot, answer);
  let wake = (): void => undefined;
  const sent = new Promise<void>((resolve) => {
    stage.node.onStep = (step) => {
      restart(stage.node, step);
      resolve();
      return new Promise((late) => {
        wake = () => late({ kind: "exited", exitCode: 0, output: "" });
      });
    };
  });
  await bot.slack.submitView({ user: "ana" });
  await sent;
  expect(await only()).toMatchObject({ state: "running" });
  stage.clock.pass(200_000);
  const next = await startBot(stage, stage.replica(), { slack: bot.slack });
  const told = await threadSays(next, answer, "INTERRUPTED");
  expect(told.text).toContain("restart-runtime: begun, its end is not known");
  expect(await only()).toMatchObject({ state: "interrupted", nodeAfter: { ready: "True" } });
  wake(); // it was only thought to be dead: its next write is refused, and it says so and stops
  await bot.slack.waitFor(() =>
    bot.slack.thread(incidents, answer.ts).find(({ blocks }) => textOf(blocks).includes("NOT RECORDED")),
  );
  expect(await only()).toMatchObject({ state: "interrupted" });
  expect(stage.node.sent).toHaveLength(1);
  await next.stop();
});

test("Slack refuses to open the dialog: said to the one who pressed, and the next press works", async () => {
  const answer = await ask(bot);
  bot.slack.failNext({ method: "views.open", error: "internal_error" });
  await bot.slack.click({ message: answer, actionId: "fix.restart-runtime", user: "ana" });
  await bot.whenLogged("a press on Fix…");
  expect(bot.slack.ephemerals("ana").at(-1)?.text).toContain("press Fix… again");
  await openDialog(bot, answer);
});

test("Slack takes no progress: the fix runs all the same", async () => {
  const answer = await ask(bot);
  await openDialog(bot, answer);
  bot.slack.failNext({ method: "chat.update", error: "internal_error", times: 20 });
  await bot.slack.submitView({ user: "ana" });
  await threadSays(bot, answer, "SUCCEEDED");
  expect(stage.node.runtime).toBe("active");
});

test("Slack does not take the end: a later look tells it, once", async () => {
  const answer = await ask(bot);
  await openDialog(bot, answer);
  stage.node.onStep = async (step) => {
    await threadSays(bot, answer, "restart-runtime"); // from now on only the end is a new message
    bot.slack.failNext({ method: "chat.postMessage", error: "internal_error" });
    restart(stage.node, step);
    return { kind: "exited", exitCode: 0, output: "" };
  };
  await bot.slack.submitView({ user: "ana" });
  await stage.log.whenLogged("the end of a fix was not told");
  expect(await only()).toMatchObject({ state: "succeeded", news: "owed" });
  stage.clock.pass(61_000);
  bot.minutes.advance(60_000);
  await threadSays(bot, answer, "SUCCEEDED");
  await bot.stop();
  expect(await only()).toMatchObject({ state: "succeeded", news: "told" });
  expect(bot.slack.thread(incidents, answer.ts).filter(({ text }) => text.includes("SUCCEEDED"))).toHaveLength(1);
});
