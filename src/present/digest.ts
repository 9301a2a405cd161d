import type { Digest, DigestCause, FixNotHeld, RepeatNode, Shared } from "../report/digest.ts";
import { attributeName } from "./attribute.ts";
import { plural } from "./hurt.ts";
import { sparkline } from "./sparkline.ts";
import { span } from "./time.ts";

/** The digest in words; each surface lays out the same ones. A quiet week has a headline only. */
export interface DigestWords {
  readonly headline: string;
  readonly sections: readonly DigestSection[];
}

export interface DigestSection {
  readonly label: string;
  readonly entries: readonly DigestEntry[];
  /** How many were left out. */
  readonly more: number;
}

export interface DigestEntry {
  readonly says: string;
  readonly details: readonly string[];
}

/** `most`: so many entries per section, since a message is read whole. */
export function digestWords(digest: Digest, most = Number.POSITIVE_INFINITY): DigestWords {
  if (digest.incidents === 0 && digest.fixesNotHeld.length === 0) return { headline: quiet(digest), sections: [] };
  const compared = digest.weeks.slice(0, -1).some(({ incidents }) => incidents > 0);
  const sections = [
    section("Five weeks", [weeksEntry(digest, compared)], most),
    section("Causes, the costliest first", causeEntries(digest, compared), most),
    section("Cause not known", unknownEntries(digest), most),
    section("Repeat nodes", digest.repeatNodes.map(repeatEntry), most),
    section("Fixes that did not hold a day", digest.fixesNotHeld.map(fixEntry), most),
  ];
  return { headline: headline(digest), sections: sections.filter(({ entries }) => entries.length > 0) };
}

function section(label: string, entries: readonly DigestEntry[], most: number): DigestSection {
  return { label, entries: entries.slice(0, most), more: Math.max(0, entries.length - most) };
}

const plain = (says: string): DigestEntry => ({ says, details: [] });

function quiet(digest: Digest): string {
  const before = mean(digest.weeks.slice(0, -1).map(({ incidents }) => incidents));
  const where = digest.clusters.length === 0 ? "" : ` in ${digest.clusters.join(", ")}`;
  return `${weekOf(digest)}: quiet, no incident${where} (the four weeks before: ${perWeek(before)}).`;
}

function headline(digest: Digest): string {
  const { incidents, nodes, minutes, open, causes } = digest;
  const costliest = causes[0];
  const parts = [
    `${weekOf(digest)}: ${plural(incidents, "incident")} on ${plural(nodes, "node")}, ${duration(minutes)} NotReady in all`,
    ...(open > 0 ? [`${open} not seen to end`] : []),
  ];
  return `${parts.join(", ")}.${costliest ? ` Costliest: ${lower(costliest.title)} (${cost(costliest)}).` : ""}`;
}

const cost = ({ incidents, minutes }: DigestCause): string => `${plural(incidents, "incident")}, ${duration(minutes)}`;
const duration = (minutes: number): string => (minutes < 1 ? "under 1 min" : span(minutes * 60));

/** `Week 2026-W47 (16 Nov to 22 Nov, Europe/Berlin)`: its days, not the instant after it. */
function weekOf({ week, from, to, timezone }: Digest): string {
  const day = new Intl.DateTimeFormat("en-GB", { timeZone: timezone, day: "numeric", month: "short" });
  const last = new Date(Date.parse(to) - 1);
  return `Week ${week} (${day.format(new Date(from))} to ${day.format(last)}, ${timezone})`;
}

function weeksEntry({ weeks }: Digest, compared: boolean): DigestEntry {
  const counts = weeks.map(({ incidents }) => incidents);
  const first = weeks[0]?.week.slice(5) ?? "";
  const last = weeks.at(-1)?.week.slice(5) ?? "";
  const says = `${sparkline(counts)}  ${counts.join(", ")} incidents in ${first} to ${last}`;
  return { says, details: compared ? [] : ["Nothing is remembered of the four weeks before."] };
}

function causeEntries({ causes }: Digest, compared: boolean): readonly DigestEntry[] {
  return causes.map((cause, nth) => ({
    says: `${nth + 1}. ${cause.title} (${cause.cause}): ${plural(cause.incidents, "incident")} on ${plural(cause.nodes, "node")}, ${duration(cause.minutes)} NotReady.${compared ? ` ${trend(cause)}` : ""}`,
    details: [
      ...cause.shared.slice(0, 2).map(sharedText),
      ...(cause.lastingFix === null ? [] : [`Lasting fix: ${cause.lastingFix.replace(/\.$/, "")}.`]),
    ],
  }));
}

function trend({ trend: way, before, isNew }: DigestCause): string {
  if (isNew) return "NEW: not seen in the four weeks before.";
  const then = `${perWeek(before.perWeek)}, ${duration(before.minutes)}`;
  return { up: `Up from ${then}.`, down: `Down from ${then}.`, same: `As before (${then}).`, new: "" }[way];
}

const perWeek = (count: number): string => `${Number(count.toFixed(1))} per week`;

function sharedText({ attribute, value, withCause, ofCause, withOthers, ofOthers }: Shared): string {
  const others = ofOthers === 0 ? "" : `; of the nodes with other causes ${withOthers} of ${ofOthers}`;
  return `${withCause} of ${ofCause} nodes with this cause have ${attributeName(attribute)} ${value}${others}.`;
}

function unknownEntries({ unknown }: Digest): readonly DigestEntry[] {
  return unknown === 0 ? [] : [plain(`${plural(unknown, "incident")} without a named cause.`)];
}

function repeatEntry({ cluster, node, incidents, before, causes }: RepeatNode): DigestEntry {
  const past = before > 0 ? ` and ${before} in the four weeks before` : "";
  return plain(
    `${cluster}/${node}: ${plural(incidents, "incident")}${past} (${causes.join(", ") || "cause not known"}).`,
  );
}

function fixEntry({ cluster, node, cause, action, at, heldMinutes }: FixNotHeld): DigestEntry {
  const when = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return plain(`${cluster}/${node}: ${action} for ${cause} (${when}) held ${duration(heldMinutes)}.`);
}

function mean(counts: readonly number[]): number {
  return counts.length === 0 ? 0 : counts.reduce((sum, count) => sum + count, 0) / counts.length;
}

/** A title begins with a capital unless it is a name: `CRI plugin`, `containerd`. */
const lower = (title: string): string =>
  /^[A-Z][a-z]+\s/.test(title) ? title[0]?.toLowerCase() + title.slice(1) : title;
