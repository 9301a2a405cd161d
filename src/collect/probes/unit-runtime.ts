import { askedWords, linesOf } from "../parse/answer.ts";
import { journalLines } from "../parse/journal.ts";
import type { Facts } from "../parse/reading.ts";
import { property, type Unit } from "../parse/unit.ts";
import { unitFacts, unitSpecs } from "../parse/unit-facts.ts";
import { asksSystemdAbout, chosenUnit, runtimeUnits, showUnits, unitsIn } from "../parse/units.ts";
import { defineProbe } from "../probe.ts";

const names = Object.keys(runtimeUnits);

/** The unit that runs the container runtime, as systemd sees it; of several runtimes the one that exists. */
export const unitRuntime = defineProbe({
  id: "unit-runtime",
  asks: "What does systemd say of the container runtime?",
  provides: {
    ...unitSpecs("runtime.unit", "the container runtime"),
    "runtime.name": {
      type: "string",
      says: "which container runtime has a unit here",
      values: ["containerd", "crio", "docker", "cri-dockerd", "none"],
    },
  },
  via: { source: "ssh", argv: showUnits(names) },
  limits: { timeoutMs: 5_000, maxBytes: 128 * 1024 },
  recognises: (words) => asksSystemdAbout(words, names),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const log = journalLines(lines, /^(containerd|crio|dockerd|cri-dockerd)$/, names);
    return { facts: runtimeFacts(unitsIn(lines, asked)), ...(log === "" ? {} : { logs: { runtime: log } }) };
  },
});

/** None is only said when every runtime was asked for. */
function runtimeFacts(units: readonly Unit[]): Facts {
  const unit = chosenUnit(units, names);
  if (unit === undefined) return {};
  if (property(unit, "LoadState") !== "not-found") {
    return { ...unitFacts("runtime.unit", unit), "runtime.name": runtimeUnits[property(unit, "Id") ?? ""] ?? "none" };
  }
  const all = names.every((name) => units.some((known) => property(known, "Id") === name));
  return all ? { "runtime.unit.load": "not-found", "runtime.name": "none" } : unitFacts("runtime.unit", unit);
}
