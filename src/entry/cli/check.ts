import { Command, InvalidArgumentError } from "commander";
import type { Settings } from "../../config/load.ts";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import { fleetSummary, forecastWords } from "../../present/forecast.ts";
import { refusalText } from "../../present/refusal.ts";
import { forecastText } from "../../present/text/forecast.ts";
import type { Forecast } from "../../report/forecast.ts";
import { milliseconds } from "../../shared/duration.ts";
import { OperatorError } from "../../shared/errors.ts";
import { checkAll, checkNode } from "../../usecases/check.ts";
import type { Engine } from "../../usecases/engine.ts";
import type { World } from "../../usecases/ports.ts";
import { type CliIo, count, printJson } from "./io.ts";

export interface CheckCommandPorts {
  readonly settings: () => Settings;
  readonly engine: (settings: Settings) => Promise<Engine>;
  readonly readBundle: (path: string) => Promise<EvidenceSet>;
  readonly world: (settings: Settings) => Promise<{ readonly world: World; readonly close: () => Promise<void> }>;
}

interface CheckOptions {
  readonly all?: boolean;
  readonly bundle?: string;
  readonly json?: boolean;
  readonly within: number;
  readonly atOnce: number;
}

/** Exits with 0 where nothing is found, 1 where something is or a node is not well, 3 where it could not be told. */
export function checkCommand(ports: CheckCommandPorts, io: CliIo): Command {
  return new Command("check")
    .argument("[nodes...]", "names like worker-7 or cluster/worker-7")
    .description("what will break of nodes that are well, and whether they would come back from a reboot")
    .option("--all", "every node of every cluster")
    .option("--bundle <file>", "saved evidence instead of a live node")
    .option("--json", "print one forecast per line")
    .option("--within <time>", "how far to look ahead for what has a date, as in 30d", duration, milliseconds("30d"))
    .option("--at-once <count>", "with --all, nodes read at once", count, 4)
    .action(async (nodes: string[], options: CheckOptions) => {
      const show = shower(io, options.json === true);
      const settings = ports.settings();
      if (options.bundle !== undefined) {
        const { foresee } = await ports.engine(settings);
        show.forecast(foresee(await ports.readBundle(options.bundle), options.within));
      } else {
        if (nodes.length > 0 === (options.all === true))
          throw new OperatorError("name nodes, or all of them with --all", [
            "node-why check worker-7",
            "node-why check --all",
          ]);
        await checkLive(nodes, options, settings, ports, io, show);
      }
      show.finish();
    });
}

/** Commander words this: `option '--within <time>' argument 'x' is invalid`. */
function duration(text: string): number {
  if (!/^\d{1,5}[smhdw]$/.test(text)) throw new InvalidArgumentError("A number and s, m, h, d or w, as in 30d.");
  return milliseconds(text);
}

async function checkLive(
  nodes: readonly string[],
  { within, atOnce, all }: CheckOptions,
  settings: Settings,
  ports: CheckCommandPorts,
  io: CliIo,
  show: Shower,
): Promise<void> {
  const { world, close } = await ports.world(settings);
  try {
    if (all === true) {
      const { failed } = await checkAll({ withinMs: within, atOnce, onForecast: show.forecast }, world);
      if (world.clusters.length === 0)
        throw new OperatorError(refusalText({ kind: "no-cluster", typed: null, clusters: [] }));
      show.summary();
      for (const cluster of failed) {
        io.err(`${cluster}: which nodes there are was not answered\n`);
        show.untold();
      }
      return;
    }
    for (const name of nodes) {
      const found = await checkNode(name, within, world);
      if (found.kind === "forecast") show.forecast(found.forecast);
      else {
        io.err(`${refusalText(found)}\n`);
        show.exitWith(2);
      }
    }
  } finally {
    await close();
  }
}

type Shower = ReturnType<typeof shower>;

function shower(io: CliIo, json: boolean) {
  const shown: Forecast[] = [];
  let refused: number | null = null;
  let untold = false;
  return {
    forecast: (forecast: Forecast): void => {
      shown.push(forecast);
      if (json) printJson(io, forecast);
      else io.out(forecastText(forecastWords(forecast)));
    },
    summary: (): void => {
      if (!json) io.out(`${fleetSummary(shown)}\n`);
    },
    exitWith: (code: number): void => {
      refused = code;
    },
    untold: (): void => {
      untold = true;
    },
    finish: (): void => io.exit(refused ?? (exitCode(shown) || (untold ? 3 : 0))),
  };
}

/** What is found outweighs what could not be told: a roll-out stops for the first and may be asked again for the other. */
function exitCode(forecasts: readonly Forecast[]): 0 | 1 | 3 {
  if (forecasts.some(({ warnings, healthy }) => warnings.length > 0 || healthy === false)) return 1;
  return forecasts.some(({ reboot, healthy }) => reboot.comesBack === "not-known" || healthy === null) ? 3 : 0;
}
