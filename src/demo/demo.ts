import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { weekAt, weekId } from "../digest/week.ts";
import { typeCommand } from "./channel.ts";
import { pressFix } from "./fix.ts";
import { isMendable } from "./practice/restart.ts";
import { difference, type Pressed, type Step, type Typed, walk } from "./script.ts";
import { demoChannel, type Stage, type StageOptions, setStage } from "./stage.ts";
import { answerText, dialogText, type Layout, privateText, replyText, typedText } from "./transcript/transcript.ts";

export interface DemoIo {
  readonly out: (text: string) => void;
  /** Lines that somebody types, until `stop`; called once, when they are wanted. */
  readonly lines?: (stop: AbortSignal) => AsyncIterable<string>;
  /** Columns of the terminal; 100 where it is none. */
  readonly columns?: number;
  /** The terminal shows bold and faint text. */
  readonly styled?: boolean;
}

export interface DemoOptions extends Omit<StageOptions, "dir"> {
  /** Unattended: walks through all nodes and checks the answers against what the recorded faults are known to be. */
  readonly script: boolean;
  readonly io: DemoIo;
  /** Ctrl-C: ends the demo before the next question, so that nothing is left behind. */
  readonly stop?: AbortSignal;
}

/** Where the page is, so that its address can be kept; any other port where this one is taken. */
const pagePort = 8470;

/**
 * Plays the product: recorded nodes, a Slack with a page and in the terminal, the real bot between them, all on loopback.
 * @returns the exit code: 0, or 1 where an answer differs from the recorded fault, the fix did not succeed or Slack would
 * have refused something.
 */
export async function runDemo(options: DemoOptions): Promise<0 | 1> {
  const dir = await mkdtemp(join(tmpdir(), "node-why-demo-"));
  try {
    const stage = await setStage({ ...(options.script ? {} : { port: pagePort }), ...options, dir });
    try {
      return await (options.script ? play(stage, options) : attend(stage, options));
    } finally {
      await stage.close();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function play(stage: Stage, options: DemoOptions): Promise<0 | 1> {
  const { io, clock, stop } = options;
  const layout = layoutFor(io);
  io.out(opening(stage, layout));
  const differences: string[] = [];
  const week = weekId(weekAt(clock.now(), "UTC"));
  const steps = walk(stage.recorded, ({ expect }) => isMendable(expect.roots[0]), week);
  for (const step of steps) {
    if (stop?.aborted) return 1;
    const differs = await take(stage, step, io, layout);
    if (differs !== null) differences.push(differs);
  }
  for (const { kind, where, detail } of stage.slack.problems()) differences.push(`Slack: ${kind} ${where} ${detail}`);
  io.out(closing(steps, differences));
  return differences.length === 0 ? 0 : 1;
}

/** Somebody is there: in the browser, or at the terminal, until they have had enough. */
async function attend(stage: Stage, { io, stop = new AbortController().signal }: DemoOptions): Promise<0> {
  const layout = layoutFor(io);
  const open = `Open ${stage.slack.pageUrl} in a browser; or type here. Ctrl-C ends the demo.`;
  io.out(`${layout.strong(open)}\n\n${opening(stage, layout)}`);
  const typed = io.lines === undefined ? 0 : await converse(stage, io, io.lines(stop), layout);
  if (typed === 0) await aborted(stop); // nobody types here, so somebody looks at the page
  return 0;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Does one step of the walk; returns how what came of it differs from what it should be. */
async function take(stage: Stage, step: Step, io: DemoIo, layout: Layout): Promise<string | null> {
  if (step.kind === "fixes") return showFix(stage, step, io, layout);
  const differs = await show(stage, step, io, layout);
  return differs === null ? null : `${step.text}: ${differs}`;
}

/** Presses the button, confirms, and prints what the one who pressed saw. */
async function showFix(stage: Stage, { user, node }: Pressed, { out }: DemoIo, layout: Layout): Promise<string | null> {
  out(typedText(user, `presses Fix… on the answer about ${node}, reads the dialog and confirms`, layout));
  const seen = await pressFix(stage, user, node);
  if (typeof seen === "string") return seen;
  const { dialog, progress, end, succeeded } = seen;
  out([dialogText(dialog, layout), ...[progress ?? [], end].flat().map((each) => replyText(each, layout))].join(""));
  return succeeded ? null : `the fix of ${node} did not succeed: ${end.text}`;
}

/** Prints what was typed and what came of it; returns how that differs from what it should be. */
async function show(
  stage: Stage,
  { user, text, expect }: Pick<Typed, "user" | "text" | "expect">,
  { out }: DemoIo,
  layout: Layout,
): Promise<string | null> {
  out(typedText(user, `/node ${text}`, layout));
  const reply = await typeCommand(stage, user, text);
  out(reply.kind === "private" ? privateText(reply.message, layout) : answerText(reply.message, reply.thread, layout));
  const name = text.split(" ")[1] ?? "";
  const answered = reply.message.text.startsWith(`${name} `);
  return expect === undefined ? null : difference(expect, answered ? stage.report(name) : undefined);
}

/** Answers what is typed; returns how many lines there were. */
async function converse(stage: Stage, io: DemoIo, lines: AsyncIterable<string>, layout: Layout): Promise<number> {
  let typed = 0;
  const prompt = (): void => io.out("\n> ");
  io.out("Try `/node list`, `/node why practice-3` or `/node help`.\n");
  prompt();
  for await (const line of lines) {
    typed += 1;
    const text = line.trim().replace(/^\/node\b\s*/, "");
    if (line.trim() !== "") await show(stage, { user: "ana", text }, io, layout);
    prompt();
  }
  io.out("\n");
  return typed;
}

function layoutFor({ columns = 100, styled = false }: DemoIo): Layout {
  const style = (code: number) => (text: string) => (styled ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { width: Math.min(120, Math.max(60, columns)), strong: style(1), faint: style(2) };
}

function opening({ cluster, recorded }: Stage, { width }: Layout): string {
  const healthy = cluster.nodes.length - recorded.length;
  return [
    `${recorded.length} real nodes, recorded with their faults, and ${healthy} healthy copies, behind HTTPS and SSH on this machine;`,
    "the real bot; a stand-in for Slack. Nothing leaves this machine.",
    `${`── #${demoChannel} `.padEnd(width, "─")}\n`,
  ].join("\n");
}

function closing(steps: readonly Step[], differences: readonly string[]): string {
  const asked = steps.filter((step) => step.kind === "types" && step.expect !== undefined).length;
  const fixed = steps.filter(({ kind }) => kind === "fixes").length;
  const fixes = fixed === 0 ? "" : ` ${fixed} fix was confirmed, run and verified.`;
  if (differences.length === 0) return `\n${asked} of ${asked} answers say what is so.${fixes}\n`;
  return `\nNot as recorded:\n${differences.map((each) => `  ${each}\n`).join("")}`;
}
