import type { Report, ReportedCause, ReportedEvidence } from "../report/report.ts";

/** What speaks for the roots, what against them, and what it was not. */
export function proofOf(report: Report, roots: readonly ReportedCause[]): string {
  if (roots.length === 0) return "";
  const found = roots.flatMap(({ evidence }) => saidOnce(evidence).slice(0, 3)).map(countedSays);
  const against = [...new Set(roots.flatMap((root) => root.against).map(({ says }) => says))];
  const ruledOut = suspects(report.causes);
  return [
    `${found.join(", ")}.`,
    `Against: ${against.join(", ") || "nothing"}.`,
    ruledOut.length > 0
      ? `Ruled out: ${ruledOut.map(({ title, against: lines }) => `${title} (${lines[0]?.says ?? ""})`).join(", ")}.`
      : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** Several rules may rest on one observation; a reader wants it once, the most often seen first of its kind. */
export function saidOnce(evidence: readonly ReportedEvidence[]): readonly ReportedEvidence[] {
  const said = new Set<string>();
  return evidence.filter(({ says, source }) => {
    const key = `${source} ${says}`;
    if (said.has(key)) return false;
    said.add(key);
    return true;
  });
}

function countedSays({ says, count, source }: ReportedEvidence): string {
  return `${says}${count > 1 ? `, ${count} times` : ""} (${source})`;
}

/** What an engineer suspects first, where nothing spoke for any of it. */
const usual = ["resources", "filesystem", "network", "certificates", "runtime", "cni", "kubelet", "control-plane"];

/** The four ruled-out causes worth a word: those that something spoke for, then what one would have suspected. */
function suspects(causes: readonly ReportedCause[]): readonly ReportedCause[] {
  const ruledOut = causes.filter(({ verdict }) => verdict === "ruled-out");
  const spokenFor = ruledOut.filter(({ evidence }) => evidence.length > 0);
  const others = ruledOut
    .filter(({ area, evidence }) => evidence.length === 0 && usual.includes(area))
    .sort((one, other) => usual.indexOf(one.area) - usual.indexOf(other.area));
  return [...spokenFor, ...oneOfEach(others)].slice(0, 4);
}

function oneOfEach(causes: readonly ReportedCause[]): readonly ReportedCause[] {
  const areas = new Set<string>();
  return causes.filter(({ area }) => !areas.has(area) && areas.add(area));
}
