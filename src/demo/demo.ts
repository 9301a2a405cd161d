import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../collect/ports.ts";
import { typeCommand } from "./channel.ts";
import { difference, type Step, walk } from "./script.ts";
import { demoChannel, type Stage, type StageOptions, setStage } from "./stage.ts";
import { answerText, type Layout, privateText, typedText } from "./transcript/transcript.ts";

export interface DemoIo {
  readonly out: (text: string) => void;
  /** Lines that somebody types after the walk, until `stop`; called once, when they are wanted. */
  readonly lines?: (stop: AbortSignal) => AsyncIterable<string>;
  /** Columns of the terminal; 100 where it is none. */
  readonly columns?: number;
  /** The terminal shows bold and faint text. */
  readonly styled?: boolean;
}

export interface DemoOptions extends Omit<StageOptions, "dir"> {
  /** Unattended: without pauses, and the answers are checked against what the recorded faults are known to be. */
  readonly script: boolean;
  readonly io: DemoIo;
  /** Ctrl-C: ends the demo before the next question, so that nothing is left behind. */
  readonly stop?: AbortSignal;
}

const pauseMs = 1_200;

/**
 * Plays the product in the terminal: recorded nodes, a Slack, the real bot between them, all on loopback.
 * @returns the exit code: 0, or 1 where an answer differs from the recorded fault or Slack would have refused something.
 */
export async function runDemo(options: DemoOptions): Promise<0 | 1> {
  const dir = await mkdtemp(join(tmpdir(), "node-why-demo-"));
  try {
    const stage = await setStage({ ...options, dir });
    try {
      return await play(stage, options);
    } finally {
      await stage.close();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function play(stage: Stage, options: DemoOptions): Promise<0 | 1> {
  const { script, io, clock, stop = new AbortController().signal } = options;
  const layout = layoutFor(io);
  io.out(opening(stage, layout));
  const differences: string[] = [];
  const steps = walk(stage.recorded);
  for (const step of steps) {
    if (stop.aborted) return 1;
    const differs = await show(stage, step, io, layout);
    if (differs !== null) differences.push(`${step.text}: ${differs}`);
    if (!script) await pause(clock, stop);
  }
  for (const { kind, where, detail } of stage.slack.problems()) differences.push(`Slack: ${kind} ${where} ${detail}`);
  io.out(closing(steps, differences));
  if (!script && io.lines !== undefined) await converse(stage, io, io.lines(stop), layout);
  return differences.length === 0 ? 0 : 1;
}

function pause(clock: Clock, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(pauseMs, resolve);
    stop.addEventListener("abort", () => resolve(cancel()), { once: true });
  });
}

/** Prints what was typed and what came of it; returns how that differs from what it should be. */
async function show(
  stage: Stage,
  { user, text, expect }: Step,
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

async function converse(stage: Stage, io: DemoIo, lines: AsyncIterable<string>, layout: Layout): Promise<void> {
  const prompt = (): void => io.out("\n> ");
  io.out("\nYour turn: type `/node why practice-3`, `/node list` or `/node help`; Ctrl-D ends the demo.\n");
  prompt();
  for await (const line of lines) {
    const text = line.trim().replace(/^\/node\b\s*/, "");
    if (line.trim() !== "") await show(stage, { user: "ana", text }, io, layout);
    prompt();
  }
  io.out("\n");
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
  const asked = steps.filter(({ expect }) => expect !== undefined).length;
  if (differences.length === 0) return `\n${asked} of ${asked} answers name the recorded fault.\n`;
  return `\nNot as recorded:\n${differences.map((each) => `  ${each}\n`).join("")}`;
}
