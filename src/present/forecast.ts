import type { Forecast, ForecastWarning } from "../report/forecast.ts";
import { ownerSection } from "./owner.ts";
import { secondsBetween, span } from "./time.ts";

/** A forecast in words: line 1 says what is found and whether the node would come back from a reboot. */
export interface ForecastWords {
  readonly headline: string;
  readonly warnings: readonly { readonly says: string; readonly lines: readonly string[] }[];
  /** What was not read, one line each. */
  readonly notRead: readonly string[];
}

export function forecastWords(forecast: Forecast): ForecastWords {
  const name = forecast.node ?? "this node";
  const where = forecast.cluster ? ` (${forecast.cluster})` : "";
  return {
    headline: `${name}${where}: ${[stateOf(forecast), countOf(forecast), rebootOf(forecast)].filter(Boolean).join(" ")}`,
    warnings: forecast.warnings.map((each) => warningWords(each, forecast.at)),
    notRead: notReadOf(forecast),
  };
}

function stateOf({ healthy, status, node }: Forecast): string {
  if (healthy === true) return "";
  if (healthy === null) return "Whether it is well now was not read.";
  return `Not healthy now (${status ?? "not known"}): ask why ${node ?? "it"}.`;
}

function countOf({ warnings, open }: Forecast): string {
  const sure = warnings.filter((each) => each.sure).length;
  const may = warnings.length - sure;
  if (sure + may === 0) return `Nothing found that will break${open.length > 0 ? " in what was read" : ""}.`;
  const parts = [sure > 0 ? `${sure} will break` : "", may > 0 ? `${may} may break` : ""];
  return `${parts.filter(Boolean).join(", ")}.`;
}

const rebootAnswers = { yes: "yes", no: "no", "not-known": "not known" } as const;

function rebootOf({ reboot: { comesBack, because } }: Forecast): string {
  const why = because.length > 0 ? `, ${because.slice(0, 3).join("; ")}` : "";
  return `Would it come back from a reboot? ${rebootAnswers[comesBack]}${why}.`;
}

const times = {
  reboot: "at the next reboot",
  restart: "when it is next started",
  date: "at a date",
  shortage: "when it is used up",
} as const;

function warningWords(warning: ForecastWarning, at: string | null): ForecastWords["warnings"][number] {
  const { says, why, evidence, steps, cause } = warning;
  const owner = ownerSection([warning]);
  const owned = [owner.text, ...owner.links].filter((part) => part !== "").join(" ");
  return {
    says: `${whenOf(warning, at)}: ${says} (${cause})`,
    lines: [
      `then: ${why}`,
      `now: ${steps.map(({ argv, do: text, on }) => `${on === "node" ? "" : `on the ${on}: `}${argv ? argv.join(" ") : (text ?? "")}`).join(" ; ")}`,
      ...evidence.slice(0, 2).flatMap(({ source, line }) => (line === null ? [] : [`seen: ${line} [${source}]`])),
      ...(owned === "" ? [] : [`${owner.label.toLowerCase()}: ${owned}`]),
    ],
  };
}

function whenOf({ by, strikes, sure }: ForecastWarning, at: string | null): string {
  const breaks = sure ? "will break" : "may break";
  if (by === null) return `${breaks} ${times[strikes]}`;
  const left = secondsBetween(at, by);
  const date = by.slice(0, 10);
  if (left !== null && left <= 0) return `${sure ? "broken" : "may be broken"} since ${date}`;
  return `${breaks} on ${date}${left === null ? "" : ` (in ${span(left)})`}`;
}

function notReadOf({ unavailable, open }: Forecast): readonly string[] {
  const told = new Set(unavailable.flatMap(({ leavesOpen }) => leavesOpen));
  const sources = unavailable
    .filter(({ leavesOpen }) => leavesOpen.length > 0)
    .map(
      ({ source, detail, leavesOpen, grant }) =>
        `${source}: ${detail}; leaves open ${few(leavesOpen)}${grant ? ` (to grant: ${grant})` : ""}`,
    );
  const others = open
    .filter(({ cause }) => !told.has(cause))
    .map(({ cause, missing }) => `${missing.join(", ")}; leaves open ${cause}`);
  return [...sources, ...new Set(others)];
}

/** JSON has them all. */
function few(causes: readonly string[]): string {
  return causes.length <= 6 ? causes.join(", ") : `${causes.slice(0, 5).join(", ")} and ${causes.length - 5} more`;
}

/** The last line about many nodes. */
export function fleetSummary(forecasts: readonly Forecast[]): string {
  const count = (fits: (forecast: Forecast) => boolean): number => forecasts.filter(fits).length;
  const of = (answer: Forecast["reboot"]["comesBack"]) => count(({ reboot }) => reboot.comesBack === answer);
  const parts = [
    `${of("yes")} would come back from a reboot`,
    `${of("no")} would not`,
    ...(of("not-known") > 0 ? [`of ${of("not-known")} it is not known`] : []),
  ];
  const found = count(({ warnings }) => warnings.length > 0);
  const sick = count(({ healthy }) => healthy === false);
  const nodes = forecasts.length === 1 ? "1 node" : `${forecasts.length} nodes`;
  return [
    `${nodes}: ${parts.join(", ")}.`,
    ...(found > 0 ? [`Something was found on ${found}.`] : []),
    ...(sick > 0 ? [`${sick} not healthy now.`] : []),
  ].join(" ");
}
