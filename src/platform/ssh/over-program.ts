import type { Clock } from "../../collect/ports.ts";
import { type LineRequest, notRun } from "./line.ts";
import type { Ended } from "./outcome.ts";
import { endGroup, start } from "./program.ts";
import { reading } from "./reading.ts";

export interface OverProgram {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** The tool loses exit statuses: the node prints it, after the marker. */
  readonly framed: boolean;
  /** How long it may take until the marker has come. */
  readonly startMs: number;
}

/**
 * Runs one line on a node through a program of this machine. Its standard input is left open, for its end is what the
 * lifeline on the node waits for. Never rejects; nothing of the program is left when it settles or shortly after.
 */
export function runOverProgram(
  { argv, env, framed, startMs }: OverProgram,
  request: LineRequest,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Ended> {
  if (signal?.aborted) return Promise.resolve(notRun("aborted", ""));
  const said = reading(request);
  const end = framed ? endMark(request.marker) : null;
  const began = clock.monotonicMs();
  return new Promise((resolve) => {
    const child = start(argv, env);
    let settled = false;
    const settle = (how: Ended["how"], exitCode: number | null): void => {
      if (settled) return;
      settled = true;
      cancel();
      signal?.removeEventListener("abort", abort);
      if (child.pid !== undefined && child.exitCode === null) endGroup(child.pid, clock);
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
      const ended = said.ended(how, exitCode, clock.monotonicMs() - began);
      resolve(end === null ? ended : end.cut(ended));
    };
    const late = (): void => settle("silent", null);
    const abort = (): void => settle("aborted", null);
    let cancel = clock.after(startMs, late);
    signal?.addEventListener("abort", abort, { once: true });
    child.stdout?.on("data", (chunk: Buffer) => {
      const waited = !said.started();
      said.takeOut(chunk);
      if (waited && said.started()) {
        cancel();
        cancel = clock.after(request.runMs, late);
      }
      const status = end?.see(chunk) ?? null;
      if (status !== null) settle("exited", status);
      else if (said.flooded()) settle("flooded", null);
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      said.takeErr(chunk);
      if (said.flooded()) settle("flooded", null);
    });
    child.once("error", (error) => {
      settled = true;
      cancel();
      resolve(notRun("lost", error.message));
    });
    child.once("close", (code) => settle(framed && said.started() ? "lost" : "exited", code));
  });
}

interface EndMark {
  /** The exit status, once it has been printed. */
  readonly see: (chunk: Buffer) => number | null;
  /**
   * Without the mark and what a tool says after it; a terminal's line ends become plain ones. Where a tool mixes the
   * streams, the mark of standard error goes, and what is plainly a complaint of the way there is moved back.
   */
  readonly cut: (ended: Ended) => Ended;
}

const longestMark = 80;

/** `MARKER end STATUS` follows the output of a framed command. Nothing on the node knows the marker before it runs. */
function endMark(marker: string): EndMark {
  const mark = new RegExp(`${marker} end (\\d{1,3})\\r?\\n`);
  const startMark = new RegExp(`^${marker} \\d+\n`);
  let kept = "";
  return {
    see: (chunk) => {
      const text = kept + chunk.toString("latin1");
      kept = text.slice(-longestMark);
      const status = mark.exec(text)?.[1];
      return status === undefined ? null : Number(status);
    },
    cut: (ended) => {
      const at = ended.stdout.search(mark);
      const whole = (at < 0 ? ended.stdout : ended.stdout.slice(0, at)).replaceAll("\r\n", "\n");
      const stdout = whole.replace(startMark, "");
      const complains = ended.exitCode !== 0 && ended.stderr === "" && /^(?:env|sudo|timeout): /.test(stdout);
      return complains ? { ...ended, stdout: "", stderr: stdout } : { ...ended, stdout };
    },
  };
}
