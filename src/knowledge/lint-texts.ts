import { isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { KnowledgeText } from "./compile.ts";
import type { Problem } from "./parse.ts";

/**
 * Texts that end early: in YAML ` #` begins a comment unless the text is quoted, so of "see a#1 and #2" only "see a#1
 * and" is read. A real comment has a blank after its #.
 */
export function lintTexts(files: readonly KnowledgeText[]): readonly Problem[] {
  return files.filter(({ text }) => / #[^\s#]/.test(text)).flatMap(cutTexts);
}

function cutTexts({ path, text }: KnowledgeText): readonly Problem[] {
  const lines = new LineCounter();
  const found: Problem[] = [];
  visit(parseDocument(text, { lineCounter: lines, prettyErrors: false }), {
    Scalar: (_, node) => {
      if (!isScalar(node) || node.type !== "PLAIN" || !node.comment || !/^\S/.test(node.comment)) return;
      found.push({
        file: path,
        line: node.range ? lines.linePos(node.range[0]).line : null,
        message: `the text ends before "#${node.comment.slice(0, 40)}": put it in quotes`,
      });
    },
  });
  return found;
}
