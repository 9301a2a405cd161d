import type { Answer, Source } from "../../evidence/evidence.ts";
import type { Clock } from "../ports.ts";
import type { Known, Probe } from "../probe.ts";

/** What a source answers: the question as it was put, the answer, and how long it took without waiting in line. */
export interface Reply {
  readonly asked: readonly string[];
  readonly answer: Answer;
  readonly tookMs: number;
  /** Who answered, where that is not the source the probe names. */
  readonly source?: Source;
}

/** Carries out the questions of one kind of `via`. */
export type Ask = (probe: Probe, known: Known) => Promise<Reply>;

/** A reply to a question that was never put. */
export function unasked(asked: readonly string[], answer: Answer): Reply {
  return { asked, answer, tookMs: 0 };
}

export async function timed(clock: Clock, asked: readonly string[], task: () => Promise<Answer>): Promise<Reply> {
  const began = clock.monotonicMs();
  const answer = await task();
  return { asked, answer, tookMs: Math.round(clock.monotonicMs() - began) };
}

/** The question as far as it is known before anything was read; empty where it is built from facts. */
export function questionOf(probe: Probe, node: string): readonly string[] {
  const { via } = probe;
  if (via.source === "kubernetes") return ["GET", via.path({ node })];
  if (via.source === "kubelet-api") return ["GET", via.path];
  if (via.source === "pod-exec") return ["kubectl", "exec"];
  if (via.source === "cloud") return ["cloud", via.question];
  if (via.source === "metrics") return ["metrics", "range"];
  if (via.source === "logs") return ["logs", via.of];
  if (via.source === "local" && via.reach.from === "neighbours") return ["neighbours", "curl", String(via.reach.port)];
  if (via.source === "local") return ["tcp-connect", String(via.reach.port)];
  return typeof via.argv === "function" ? [] : via.argv;
}
