import type { Answer } from "../answer.ts";
import { cut, escaped, inBlocks, link, preformatted, type SlackMessage, section, text } from "./kit.ts";

const longestSection = 1_200;

/** The answer as one message: verdict and ask first, then a labelled paragraph each. */
export function answerMessage(answer: Answer): SlackMessage {
  const paragraphs = answer.sections.map(({ label, text: words, links = [] }) =>
    section(
      text(`\n${label}: `, true),
      ...(words === "" ? [] : [text(`${cut(words, longestSection)}${links.length > 0 ? " " : ""}`)]),
      ...links.slice(0, 5).flatMap((url, index) => [...(index > 0 ? [text(" ")] : []), link(url)]),
    ),
  );
  return {
    text: cut(escaped(answer.headline), 2_500),
    blocks: inBlocks([
      section(text(cut(answer.headline, 2_500), true)),
      ...paragraphs,
      section(text(`\n${answer.asOf}`)),
    ]),
  };
}

/** The evidence for the thread: what each line says, and the line exactly as it was read. */
export function evidenceMessage(answer: Answer): SlackMessage | null {
  if (answer.evidence.length === 0) return null;
  const parts = answer.evidence.flatMap(({ says, source, line, at }) => [
    section(text(`${cut(says, 400)} `), text(`(${source}${at ? `, ${at}` : ""})`)),
    ...(line === null ? [] : [preformatted(cut(line, 900))]),
  ]);
  return { text: `Evidence: ${answer.evidence.length} findings`, blocks: inBlocks(parts) };
}
