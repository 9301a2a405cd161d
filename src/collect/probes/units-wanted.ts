import { askedWords, linesOf } from "../parse/answer.ts";
import type { Facts } from "../parse/reading.ts";
import { shown } from "../parse/reading.ts";
import { property } from "../parse/unit.ts";
import { chosenUnit, kubeletUnits, runtimeUnits, unitsIn } from "../parse/units.ts";
import { defineProbe } from "../probe.ts";

const runtimes = Object.keys(runtimeUnits);

/** What makes a boot start the kubelet and the runtime: a unit that is not enabled may be wanted by one that is. */
export const unitsWanted = defineProbe({
  id: "units-wanted",
  asks: "What starts the kubelet and the runtime at boot?",
  provides: {
    "kubelet.unit.wantedBy": { type: "list", says: "targets, units and sockets that start the kubelet's unit" },
    "runtime.unit.wantedBy": { type: "list", says: "targets, units and sockets that start the runtime's unit" },
  },
  via: {
    source: "ssh",
    argv: [
      "systemctl",
      "show",
      "--no-pager",
      "--property=Id,LoadState,ActiveState,UnitFileState,WantedBy,RequiredBy,TriggeredBy",
      ...new Set([...kubeletUnits, ...runtimes]),
    ],
  },
  limits: { timeoutMs: 5_000, maxBytes: 64 * 1024 },
  read: (answer, { asked: question }) => {
    const lines = linesOf(answer);
    const asked = askedWords(question);
    return {
      facts: {
        ...wantedBy("kubelet.unit.wantedBy", lines, asked, kubeletUnits),
        ...wantedBy("runtime.unit.wantedBy", lines, asked, runtimes),
      },
    };
  },
});

function wantedBy(fact: string, lines: readonly string[], asked: readonly string[], names: readonly string[]): Facts {
  const unit = chosenUnit(unitsIn(lines, asked), names);
  if (unit === undefined || !unit.has("WantedBy") || property(unit, "LoadState") === "not-found") return {};
  const by = ["WantedBy", "RequiredBy", "TriggeredBy"].flatMap((each) => property(unit, each)?.split(" ") ?? []);
  return {
    [fact]: shown(
      by.filter((name) => name !== ""),
      unit.get("WantedBy")?.line,
    ),
  };
}
