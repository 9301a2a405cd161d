import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Standin, startSlackStandin } from "../../src/demo/slack/standin.ts";

/** The bot as operators start it, a process of its own, with a folder of theirs that changes under it. */
interface Bot {
  readonly child: ChildProcess;
  /** The next line of its log, from the beginning, that says this; rejects when it ends before. */
  readonly logged: (words: RegExp) => Promise<string>;
}

let dir: string;
let slack: Standin;
let bot: Bot;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "node-why-reload-"));
  mkdirSync(join(dir, "own", "kernel"), { recursive: true });
  writeFileSync(join(dir, "config.yaml"), "knowledge: { paths: [own] }\nslack: { channel: '#incidents' }\n");
  slack = await startSlackStandin();
  bot = startBot();
});

afterEach(async () => {
  if (bot.child.exitCode === null) {
    bot.child.kill("SIGTERM");
    await once(bot.child, "exit");
  }
  await slack.close();
  rmSync(dir, { recursive: true });
});

function startBot(): Bot {
  const main = fileURLToPath(new URL("../../bin/node-why.mjs", import.meta.url));
  const child = spawn(process.execPath, [main, "serve", "--config", join(dir, "config.yaml")], {
    env: {
      PATH: process.env.PATH,
      HOME: dir,
      KUBECONFIG: join(dir, "none"),
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (!child.stderr) throw new Error("no standard error");
  const lines = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  const seen: string[] = [];
  return {
    child,
    logged: async (words) => {
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw new Error(`it ended and said:\n${seen.join("\n")}`);
        seen.push(value);
        if (words.test(value)) return value;
      }
    },
  };
}

const widget = (when: string): string => `id: widget
title: The widget broke
area: kernel
maturity: stable
says: the widget broke
what: It broke.
leads-to: [node-not-ready]
rules:
  - { id: said, weight: proof, says: it broke, when: { ${when} }, seen: here }
sources: [x]
cases:
  - { name: broke, logs: { kernel: ['the widget broke'] }, expect: { verdict: confirmed } }
  - { name: not seen, expect: { verdict: unknown } }
`;

function put(when: string): void {
  writeFileSync(join(dir, "own", "kernel", "widget.yaml"), widget(when));
}

async function causes(): Promise<string> {
  const before = slack.ephemerals("ana").length;
  await slack.slash({ text: "causes", user: "ana" });
  return await slack.waitFor(() => slack.ephemerals("ana").slice(before).at(-1)?.text, 15_000);
}

test("a bad folder is told with file, line and reason while the old knowledge answers; a right one is taken", async () => {
  await bot.logged(/node-why answers/);
  expect(await causes()).not.toMatch(/\bwidget\b/);

  put("fact: node.redy, is: x");
  bot.child.kill("SIGHUP");
  const refused = JSON.parse(await bot.logged(/problems/)) as { problems: string[] };
  expect(refused.problems).toEqual([expect.stringMatching(/^kernel\/widget\.yaml:9: .*node\.redy.*node\.ready/)]);
  expect(await causes()).not.toMatch(/\bwidget\b/);

  put("log: 'the widget broke'");
  bot.child.kill("SIGHUP");
  await bot.logged(/new knowledge/);
  expect(await causes()).toMatch(/\bwidget\b/);

  rmSync(join(dir, "own"), { recursive: true });
  bot.child.kill("SIGHUP");
  expect(await bot.logged(/problems/)).toMatch(/cannot read the knowledge folder/);
  expect(await causes()).toMatch(/\bwidget\b/);

  bot.child.kill("SIGTERM");
  const [code] = await once(bot.child, "exit");
  expect(code).toBe(0);
}, 60_000);
