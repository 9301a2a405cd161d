import { escaped, inBlocks, type SlackMessage, section, text } from "./kit.ts";

/** How far collecting is, source by source. */
export interface ProgressView {
  readonly node: string;
  readonly cluster: string | null;
  /** Whether it is known that there is such a node. */
  readonly found: boolean;
  readonly done: number;
  readonly total: number;
  /** One line per source: what it is and how it stands. */
  readonly sources: readonly {
    readonly name: string;
    readonly state: "waiting" | "answers" | "failed";
    readonly says: string;
  }[];
}

const words = { waiting: "waiting", answers: "answers", failed: "no answer" } as const;

export function progressMessage(view: ProgressView): SlackMessage {
  const where = view.cluster ? ` (${view.cluster})` : "";
  const count = view.total > 0 ? `${view.done} of ${view.total} answers` : "asking";
  const headline = `Looking ${view.found ? "at" : "for"} ${view.node}${where}: ${count}.`;
  const lines = view.sources.map(({ name, state, says }) =>
    section(text(`\n${name}: ${words[state]}${says ? `, ${says}` : ""}`)),
  );
  return { text: escaped(headline), blocks: inBlocks([section(text(headline, true)), ...lines]) };
}

/** One plain sentence or a few lines: help, refusals, errors. */
export function noteMessage(content: string): SlackMessage {
  return { text: escaped(content.slice(0, 2_500)), blocks: inBlocks([section(text(content.slice(0, 2_500)))]) };
}
