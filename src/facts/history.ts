import type { LogLine, Stream } from "./log.ts";

/**
 * What of a log is history: written in an earlier boot, in an earlier life of the unit, or before
 * the node last became Ready. History ranks and never confirms. A unit that restarts in a loop is
 * one episode from its first failure, so the lives of one loop are all present.
 * A line of unknown age counts as present.
 */
export interface HistoryBounds {
  /** When this boot began, milliseconds; null: not known. */
  readonly bootedAt: number | null;
  /** The first entry of this boot's journal; kernel lines before it are another boot's (or the host's). */
  readonly journalFrom: number | null;
  /** Since when the node has been Ready without a break; null while it is not Ready. */
  readonly readySince: number | null;
  /** Events from before this are of an earlier trouble, or of another machine of the same name. */
  readonly eventsFrom: number | null;
  /** When collecting began. */
  readonly now: number | null;
}

/** A unit that has run this long without failing has left its restart loop. */
const settledMs = 5 * 60_000;
/** A failure and the next start belong to one loop if they lie this near. */
const loopGapMs = 10 * 60_000;

/** Logs are read this far around the last heartbeat. */
export const windowMs = 15 * 60_000;
/** So long after it is marked Ready a starting node may still print what its start made it say. */
const becomingReadyMs = 10_000;

const starting = /\bsystemd\[1\]: (?:Starting|Started) /;
const starts = /\bsystemd\[1\]: Starting /;
const failedLife =
  /\bsystemd\[1\]: .*(?:Failed with result|entered failed state|Main process exited, code=(?:exited, status=[1-9]|killed|dumped)|main process exited, code=(?:exited, status=[1-9]|killed|dumped)|Failed to start )/;
const stoppedLife = /\bsystemd\[1\]: (?:Stopping|Stopped) /;
const bootMark = /^-- (?:Boot|Reboot)\b/;

export function markHistory(stream: Stream, lines: readonly LogLine[], bounds: HistoryBounds): LogLine[] {
  const episodeFrom = stream === "kubelet" || stream === "runtime" ? episodeStart(lines, bounds.now) : 0;
  return lines.map((line, index) =>
    index < episodeFrom || tooOld(stream, line, bounds) ? { ...line, history: true } : line,
  );
}

function tooOld(stream: Stream, line: LogLine, bounds: HistoryBounds): boolean {
  if (line.at === null || stream === "conditions") return false;
  const ready = bounds.readySince === null ? null : readyBound(bounds.readySince, bounds.now);
  const limits = [bounds.bootedAt, ready, stream === "kernel" ? bounds.journalFrom : null];
  if (stream === "events") limits.push(bounds.eventsFrom);
  // Stamps of whole seconds may seem to lie just before the moment they belong to.
  return limits.some((limit) => limit !== null && line.at !== null && line.at < limit - 1_000);
}

/**
 * A Ready node's trouble is what it says now: not what it said while it became Ready, and not what
 * lies further back than logs are looked at.
 */
function readyBound(readySince: number, now: number | null): number {
  const settled = readySince + becomingReadyMs;
  return now === null ? settled : Math.max(settled, now - windowMs);
}

interface Life {
  readonly from: number;
  startAt: number | null;
  endAt: number | null;
  failed: boolean;
  stopped: boolean;
}

/** Index of the first line that belongs to the present episode of the unit. */
function episodeStart(lines: readonly LogLine[], now: number | null): number {
  const lives = livesOf(lines);
  let first = lives.length - 1;
  const last = lives[first];
  if (!last || (!last.failed && settled(last, now))) return last?.from ?? 0;
  while (first > 0 && sameLoop(lives[first - 1], lives[first])) first -= 1;
  return lives[first]?.from ?? 0;
}

function settled(life: Life, now: number | null): boolean {
  const end = now ?? life.endAt;
  return life.startAt !== null && end !== null && end - life.startAt > settledMs;
}

function sameLoop(before: Life | undefined, after: Life | undefined): boolean {
  if (!before?.failed || before.stopped || !after) return false;
  if (before.endAt === null || after.startAt === null) return true;
  return after.startAt - before.endAt <= loopGapMs;
}

function livesOf(lines: readonly LogLine[]): Life[] {
  const lives: Life[] = [];
  let life: Life = { from: 0, startAt: null, endAt: null, failed: false, stopped: false };
  lives.push(life);
  let started = false;
  lines.forEach((line, index) => {
    const begins = bootMark.test(line.text) || (starting.test(line.text) && (started || starts.test(line.text)));
    if (begins && index > 0) {
      life = { from: index, startAt: line.at, endAt: null, failed: false, stopped: false };
      lives.push(life);
      started = false;
    }
    if (starting.test(line.text) && !starts.test(line.text)) started = true;
    life.startAt ??= line.at;
    life.endAt = line.at ?? life.endAt;
    if (failedLife.test(line.text)) life.failed = true;
    if (stoppedLife.test(line.text) && !life.failed) life.stopped = true;
  });
  return lives;
}
