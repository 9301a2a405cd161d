import type { OfferedFix, Report, ReportedCause } from "../report/report.ts";
import { asOf } from "./as-of.ts";
import { hurtOf } from "./hurt.ts";
import { memoryOf } from "./memory.ts";
import { ownerSection } from "./owner.ts";
import { proofOf, saidOnce } from "./proof.ts";
import { clockTime, secondsBetween, span } from "./time.ts";

/**
 * The answer in words, in a fixed order: verdict and ask, why, when, who is hurt, proof, do, memory.
 * Each surface (terminal, Slack) lays out the same words. Lines of logs are kept apart from the
 * words, since only they may hold anything at all.
 */
export interface Answer {
  /** Line 1 alone is the lock screen's text: node, state, cause, verdict, ask. */
  readonly headline: string;
  readonly sections: readonly AnswerSection[];
  /** Evidence for the thread: words, and the line exactly as it was read. */
  readonly evidence: readonly {
    readonly says: string;
    readonly source: string;
    readonly line: string | null;
    readonly at: string | null;
  }[];
  readonly asOf: string;
}

export interface AnswerSection {
  readonly label: string;
  readonly text: string;
  /** Pages to open, https only, at the end of the text. */
  readonly links?: readonly string[];
}

export function answerOf(report: Report): Answer {
  const sections: readonly AnswerSection[] = [
    { label: "Why", text: whyOf(report) },
    { label: "When (UTC)", text: whenOf(report) },
    { label: "Course", text: courseOf(report) },
    { label: "Hurt", text: hurtOf(report) },
    { label: "Proof", text: proofOf(report, rootsOf(report)) },
    { label: "Not read", text: notReadOf(report) },
    { label: "Do", text: doOf(report) },
    {
      label: "Will not help",
      text: report.avoid
        .slice(0, 2)
        .map((each) => `${each.do} (${each.because})`)
        .join("; "),
    },
    ownerSection(rootsOf(report)),
    { label: "To settle it", text: settleOf(report) },
    { label: "Memory", text: memoryOf(report) },
  ];
  return {
    headline: headlineOf(report),
    sections: sections.filter(({ text, links = [] }) => text !== "" || links.length > 0),
    evidence: evidenceOf(report),
    asOf: asOf(report),
  };
}

function headlineOf(report: Report): string {
  const name = report.node ?? "this node";
  const where = report.cluster ? ` (${report.cluster})` : "";
  return `${name} ${stateOf(report)}${where}: ${verdictSentence(report)}`;
}

function stateOf(report: Report): string {
  if (report.status === "Missing") return "has no Node object";
  const state = report.status ?? "state not known";
  const since = report.status === "Ready" ? null : secondsBetween(report.facts.notReadySince, report.at);
  return since === null ? state : `${state} ${span(since)}`;
}

function verdictSentence(report: Report): string {
  const roots = rootsOf(report);
  const first = roots[0];
  if (report.verdict === "none") return nothingWrong(report);
  if (!first)
    return report.status === "Ready" ? readyButAlarming(report) : `cause NOT KNOWN. ${candidates(report)}`.trim();
  const says = sameRank(roots)
    ? `one of: ${roots.map((root) => root.says).join("; or ")}`
    : roots.map((root) => root.says).join("; and ");
  return [`${says}.`, `${report.verdict.toUpperCase()}.`, askOf(report)].filter((part) => part !== "").join(" ");
}

function nothingWrong(report: Report): string {
  return report.status === "Ready"
    ? "nothing wrong now."
    : "no fault found: what looks alarming is known to be harmless.";
}

/** What only history speaks for ranks, but is not worth the first line. */
function isPresent({ evidence }: ReportedCause): boolean {
  return evidence.some(({ weight }) => !weight.endsWith("(history)"));
}

/** A Ready node about which nothing is confirmed: what it says is for the reader to judge. */
function readyButAlarming(report: Report): string {
  const lines = report.alarms.length;
  const said =
    lines === 0
      ? ""
      : ` ${lines === 20 ? "20 or more" : lines} alarming lines of its last minutes are not explained (evidence below).`;
  return `nothing is confirmed to be wrong.${said} ${candidates(report)}`.trim();
}

function candidates(report: Report): string {
  const possible = report.causes.filter((cause) => cause.verdict === "possible" && isPresent(cause)).slice(0, 3);
  if (possible.length === 0) return "Nothing that was read points to a cause.";
  return `Possible: ${possible.map(({ says }) => says).join("; ")}.`;
}

/** Likely roots that differ only by when they were seen or by name are one of several, not all. */
function sameRank(roots: readonly ReportedCause[]): boolean {
  return roots.length > 1 && roots.every((root) => root.verdict === "likely" && root.area === roots[0]?.area);
}

function askOf(report: Report): string {
  const fix = firstFix(report);
  const avoid = report.avoid[0];
  const ask = fix ? `Ask: ${fix.says.replace(/\.$/, "")}.` : "";
  return avoid && report.verdict === "confirmed" ? `${ask} Do NOT ${midSentence(avoid.do)}.`.trim() : ask;
}

function firstFix(report: Report): OfferedFix | undefined {
  return report.fixes.find(({ cause }) => cause === report.roots[0]);
}

function rootsOf(report: Report): readonly ReportedCause[] {
  return report.roots
    .flatMap((id) => report.causes.find((each) => each.id === id) ?? [])
    .filter(({ id }) => id !== "none");
}

/** Root > effect > … > NotReady, each said once. */
function whyOf(report: Report): string {
  if (report.roots.length === 0 || report.verdict === "none") return "";
  const says = new Map<string, string>();
  for (const { id, says: text } of [...report.causes, ...report.symptoms]) says.set(id, text);
  const chains = rootsOf(report).map((root) =>
    longestChain(root.id, report)
      .map((id) => says.get(id) ?? id)
      .join(" > "),
  );
  return chains.filter((chain) => chain !== "").join(" | ");
}

function longestChain(from: string, report: Report, depth = 0): readonly string[] {
  if (depth > 8) return [from];
  const next = report.chain.filter((link) => link.from === from).map(({ to }) => longestChain(to, report, depth + 1));
  const longest = next.sort((a, b) => b.length - a.length)[0] ?? [];
  return [from, ...longest];
}

/** One entry for each cause and symptom, the earliest: a lock screen has no room for each line. */
function whenOf(report: Report): string {
  const [changed, told] = [true, false].map((is) =>
    report.timeline.filter(({ source }) => (source === "changes") === is),
  );
  const first = (told ?? []).filter(({ cause }, index, all) => all.findIndex((each) => each.cause === cause) === index);
  // What changed last before it began may be why.
  const shown = [...(changed ?? []).slice(-2), ...first.slice(0, 6)].sort((a, b) => (a.at < b.at ? -1 : 1));
  const entries = shown.map(({ at, says }) => `${clockTime(at, report.at)} ${says}`);
  const eviction = report.impact.evictionStarts;
  const left = eviction === null ? null : secondsBetween(report.at, eviction);
  if (eviction !== null && left !== null) {
    entries.push(`${clockTime(eviction, report.at)} eviction ${left > 0 ? `starts (in ${span(left)})` : "started"}`);
  }
  return entries.join(" | ");
}

/** Whether waiting helps, in a few words. */
function courseOf({ course }: Report): string {
  return course === null ? "" : `${course.is === "not-known" ? "not known" : course.is}, ${course.because}.`;
}

/** A sentence as the end of another: its first word small, unless it is a name. */
function midSentence(sentence: string): string {
  const plain = sentence.replace(/\.$/, "");
  return /^[A-Z][a-z]+(?: |$)/.test(plain) ? `${plain.charAt(0).toLowerCase()}${plain.slice(1)}` : plain;
}

/** A tool that is not there matters only where something hangs on its answer. */
const optional: ReadonlySet<string> = new Set(["tool-missing", "not-asked"]);

function notReadOf(report: Report): string {
  const lines = report.unavailable.filter(
    ({ reason, leavesOpen }) => reason !== "not-shown" && (leavesOpen.length > 0 || !optional.has(reason)),
  );
  return lines
    .slice(0, 6)
    .map(({ source, detail, grant }) => `${source}: ${detail}${grant ? ` (to grant: ${grant})` : ""}`)
    .join("; ");
}

function doOf(report: Report): string {
  const own = report.fixes.filter(({ cause }) => report.roots.includes(cause)).slice(0, 4);
  return own.map((fix, index) => `${index + 1}. ${fix.says.replace(/\.$/, "")}${commandsOf(fix)}`).join("  ");
}

/** Every step in order: one left out may break the node. */
function commandsOf({ steps }: OfferedFix): string {
  const said = steps.map(
    ({ argv, do: text, on }) => `${on === "node" ? "" : `on the ${on}: `}${argv ? argv.join(" ") : (text ?? "")}`,
  );
  return said.length > 0 ? `: ${said.join(" ; ")}` : "";
}

function settleOf(report: Report): string {
  return report.settle
    .slice(0, 4)
    .map(({ argv, why }) => `${argv.join(" ")} (${why})`)
    .join("; ");
}

function evidenceOf(report: Report): Answer["evidence"] {
  if (report.verdict === "none") return [];
  const worth = report.verdict === "confirmed" ? ["confirmed", "likely"] : ["confirmed", "likely", "possible"];
  const story = report.causes.filter((cause) => worth.includes(cause.verdict) && isPresent(cause));
  const lines = story.slice(0, 6).flatMap((cause) =>
    saidOnce(cause.evidence)
      .slice(0, 4)
      .map(({ says, source, line, at }) => ({ says: `${cause.title}: ${says}`, source, line, at })),
  );
  const alarms = report.alarms
    .slice(0, 5)
    .map(({ source, line, at }) => ({ says: "alarming, and not explained", source, line, at }));
  return [...lines, ...(report.verdict === "confirmed" ? [] : alarms)];
}
