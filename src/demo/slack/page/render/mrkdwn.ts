import { withEmoji } from "./emoji.ts";
import { escapeHtml, linkTo } from "./html.ts";
import type { Names } from "./names.ts";

/** Slack's own markup, as far as an operations bot writes it. A mention that would ping people is shown as the mention it is. */
export function renderMrkdwn(text: string, names: Names): string {
  return text
    .split(/```/)
    .map((part, index) =>
      index % 2 === 1 ? `<pre>${escapeHtml(decode(part.replace(/^\n/, "")))}</pre>` : renderQuotes(part, names),
    )
    .join("");
}

/** Lines that begin with `>` are a quotation. */
function renderQuotes(text: string, names: Names): string {
  const runs: { quoted: boolean; lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const quoted = /^(>|&gt;)/.test(line);
    const last = runs.at(-1);
    const content = quoted ? line.replace(/^(>|&gt;) ?/, "") : line;
    if (last?.quoted === quoted) last.lines.push(content);
    else runs.push({ quoted, lines: [content] });
  }
  return runs
    .map(({ quoted, lines }) => wrapQuote(quoted, lines.map((line) => renderLine(line, names)).join("<br>")))
    .join("");
}

function wrapQuote(quoted: boolean, html: string): string {
  return quoted ? `<blockquote>${html}</blockquote>` : html;
}

/** One line: code first, since nothing inside it is markup; then references; then emphasis. */
function renderLine(line: string, names: Names): string {
  return line
    .split(/(`[^`]+`|<[^<>]+>)/)
    .map((part) => {
      if (/^`[^`]+`$/.test(part)) return `<code>${escapeHtml(decode(part.slice(1, -1)))}</code>`;
      if (/^<[^<>]+>$/.test(part)) return renderReference(part.slice(1, -1), names);
      return renderEmphasis(escapeHtml(withEmoji(decode(part))));
    })
    .join("");
}

/** Runs on escaped text: the marks are no HTML, and none are made within tags. */
function renderEmphasis(escaped: string): string {
  const marks: readonly (readonly [RegExp, string])[] = [
    [/(^|[\s([{-])\*(\S[^*]*)\*(?=$|[\s)\].,:;!?}-])/g, "strong"],
    [/(^|[\s([{>-])_(\S[^_]*)_(?=$|[\s)\].,:;!?}<-])/g, "em"],
    [/(^|[\s([{>-])~(\S[^~]*)~(?=$|[\s)\].,:;!?}<-])/g, "s"],
  ];
  return marks.reduce((html, [mark, tag]) => html.replace(mark, `$1<${tag}>$2</${tag}>`), escaped);
}

function renderReference(inside: string, names: Names): string {
  const [target = "", label] = splitOnce(inside, "|");
  const id = target.slice(1);
  if (target.startsWith("@")) return mention(`@${names.user(id)}`);
  if (target.startsWith("#")) return mention(`#${names.channel(id)}`);
  if (target.startsWith("!subteam^")) return mention(`@${names.userGroup(target.slice("!subteam^".length))}`);
  if (target.startsWith("!date^")) return escapeHtml(decode(label ?? dateOf(target)));
  if (target.startsWith("!")) return mention(`@${id}`);
  return linkTo(decode(target), decode(label ?? target.replace(/^mailto:/, "")));
}

/** A mention that reaches a person, a channel or everyone. */
export function mention(text: string): string {
  return `<span class="mention">${escapeHtml(text)}</span>`;
}

function dateOf(target: string): string {
  const seconds = Number(target.split("^")[1]);
  return Number.isSafeInteger(seconds) && Math.abs(seconds) < 1e11 ? utc(seconds * 1000) : target;
}

/** `2026-11-21 03:12 UTC` */
export function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Slack has apps write these three as entities. */
function decode(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
