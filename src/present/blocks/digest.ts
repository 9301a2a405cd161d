import type { Digest } from "../../report/digest.ts";
import { type DigestSection, digestWords } from "../digest.ts";
import { cut, escaped, inBlocks, type RichSection, type SlackMessage, section, text } from "./kit.ts";

const mostEntries = 8;
const longestLine = 420;
/** Slack refuses a message from about 13,000 characters in blocks on, whatever its documentation says. */
const longestMessage = 12_000;

/** The digest as one message: the headline alone says it on a lock screen. */
export function digestMessage(digest: Digest): SlackMessage {
  const { headline, sections } = digestWords(digest, mostEntries);
  const parts = [section(text(cut(headline, 1_000), true)), ...sections.flatMap(sectionParts)];
  const [first, ...rest] = inBlocks(whatFits(parts, digest.week));
  const blocks = first ? [{ ...first, block_id: digestBlockId(digest.week) }, ...rest] : [];
  return { text: cut(escaped(headline), 2_500), blocks };
}

/** A message is known by it again. */
export const digestBlockId = (week: string): string => `node_why_digest ${week}`;

function sectionParts({ label, entries, more }: DigestSection): readonly RichSection[] {
  return [
    section(text(`\n${label}`, true)),
    ...entries.map(({ says, details }) =>
      section(
        text([`\n${cut(says, longestLine)}`, ...details.map((each) => `\n     ${cut(each, longestLine)}`)].join("")),
      ),
    ),
    ...(more > 0 ? [section(text(`\nand ${more} more`))] : []),
  ];
}

/** Cut between entries, and said. */
function whatFits(parts: readonly RichSection[], week: string): readonly RichSection[] {
  let length = 0;
  const fits = parts.findIndex((part) => {
    length += part.elements.reduce((sum, element) => sum + element.text.length, 0);
    return length > longestMessage;
  });
  if (fits < 0) return parts;
  return [...parts.slice(0, fits), section(text(`\nMore: node-why digest --week ${week}`))];
}
