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
  const [outEnd, errEnd] = [markSeen(request.marker), markSeen(request.marker)];
  const began = clock.monotonicMs();
  return new Promise((resolve) => {
    const child = start(argv, env);
    let settled = false;
    let waitsForSecond = false;
    const settle = (how: Ended["how"], exitCode: number | null): void => {
      if (settled) return;
      settled = true;
      cancel();
      signal?.removeEventListener("abort", abort);
      if (child.pid !== undefined && child.exitCode === null) endGroup(child.pid, clock);
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
      const ended = said.ended(how, exitCode, clock.monotonicMs() - began);
      resolve(framed ? withoutMarks(ended, request.marker) : ended);
    };
    /** Each of the node's streams ends with the mark; a tool may lose one of them, or give both as one. */
    const look = (chunk: Buffer, seen: MarkSeen): void => {
      if (framed) seen.see(chunk);
      const marks = outEnd.count() + errEnd.count();
      const status = outEnd.status() ?? errEnd.status();
      if (status !== null && marks > 1) settle("exited", status);
      else if (said.flooded()) settle("flooded", null);
      else if (status !== null && !waitsForSecond) {
        waitsForSecond = true;
        cancel();
        cancel = clock.after(secondMarkMs, () => settle("exited", status));
      }
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
      look(chunk, outEnd);
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      said.takeErr(chunk);
      look(chunk, errEnd);
    });
    child.once("error", (error) => {
      settled = true;
      cancel();
      resolve(notRun("lost", error.message));
    });
    child.once("close", (code) => {
      const status = outEnd.status() ?? errEnd.status();
      if (status !== null) settle("exited", status);
      else settle(framed && said.started() ? "lost" : "exited", code);
    });
  });
}

/** How long the mark of one stream waits for that of the other. */
const secondMarkMs = 300;

/** `MARKER end STATUS` follows the output of a framed command. Nothing on the node knows the marker before it runs. */
const endMark = (marker: string): RegExp => new RegExp(`${marker} end (\\d{1,3})\\r?\\n`, "g");
const longestMark = 80;

interface MarkSeen {
  readonly see: (chunk: Buffer) => void;
  readonly count: () => number;
  /** The exit status, once it has been printed. */
  readonly status: () => number | null;
}

function markSeen(marker: string): MarkSeen {
  const mark = endMark(marker);
  let kept = "";
  let count = 0;
  let status: number | null = null;
  return {
    see: (chunk) => {
      const text = kept + chunk.toString("latin1");
      let seenTo = 0;
      for (const found of text.matchAll(mark)) {
        count += 1;
        status = Number(found[1]);
        seenTo = found.index + found[0].length;
      }
      kept = text.slice(Math.max(seenTo, text.length - longestMark));
    },
    count: () => count,
    status: () => status,
  };
}

/**
 * Without the marks and what a tool says after the last; a terminal's line ends become plain ones. Where a tool mixes the
 * streams, those of standard error stand anywhere, and what is plainly a complaint of the way there is moved back.
 */
function withoutMarks(ended: Ended, marker: string): Ended {
  const marks = new RegExp(`${marker} (?:end )?\\d+\\r?\\n`, "g");
  const upToEnd = (text: string): string => {
    const last = [...text.matchAll(endMark(marker))].at(-1);
    return (last === undefined ? text : text.slice(0, last.index)).replace(marks, "").replaceAll("\r\n", "\n");
  };
  const stdout = upToEnd(ended.stdout);
  const stderr = upToEnd(ended.stderr);
  const complains = ended.exitCode !== 0 && stderr === "" && /^(?:env|sudo|timeout): /.test(stdout);
  return complains ? { ...ended, stdout: "", stderr: stdout } : { ...ended, stdout, stderr };
}
