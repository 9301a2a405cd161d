import type { Course } from "../knowledge/schema.ts";
import type { Assessment } from "../reason/assess.ts";
import type { Reasoning } from "../reason/reason.ts";
import { fill, type Values } from "./fill.ts";
import type { Report, ReportedCourse } from "./report.ts";

/** Whether the trouble ends by itself, and why that can be said; null: nothing is wrong. */
export function courseOf(reasoning: Reasoning, status: Report["status"], known: Values): ReportedCourse | null {
  const { roots, ranked, verdict } = reasoning;
  if (verdict === "none") return null;
  if (status === "Ready") {
    const past = roots.length > 0 ? roots.every(({ cause }) => cause.event) : ranked.some(isPossible);
    if (past) return { is: "over", because: "the node is Ready, and only what is past speaks of it" };
    if (roots.length === 0) return null;
  }
  if (roots.length === 0) return { is: "not-known", because: "the cause is not known" };
  const lasting = roots.filter(({ cause }) => cause.course === "lasting");
  const [first] = lasting.length > 0 ? lasting : roots;
  if (first === undefined) return null;
  // Of several that may each be the one, some pass and some do not.
  if (lasting.length > 0 && lasting.length < roots.length && !roots.some(isConfirmed))
    return { is: "not-known", because: "not all of what it may be ends by itself" };
  const ending = endOf(first.cause.course);
  if (ending === null) return { is: "lasting", because: "it stays until somebody acts" };
  return { is: "passing", because: fill(`it ends by itself${ending}`, { ...known, ...first.bound }) };
}

const isPossible = ({ verdict }: Assessment): boolean => verdict === "possible";
const isConfirmed = ({ verdict }: Assessment): boolean => verdict === "confirmed";

/** What follows "it ends by itself"; null: it does not. */
function endOf(course: Course): string | null {
  if (course === "lasting") return null;
  return course === "passing" ? "" : ` ${course.passing}`;
}
