import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { OperatorError } from "../../../src/shared/errors.ts";
import { loadFaults } from "../fault/load.ts";
import type { Place } from "../place.ts";
import { writeDocs } from "./docs.ts";
import { type MatrixWish, runMatrix } from "./matrix.ts";
import { saveRecordings } from "./record.ts";
import { line, passed, summary, table } from "./table.ts";
import { removed, tracesOf } from "./traces.ts";
import type { Outcome } from "./trial.ts";

interface Options {
  readonly only?: string;
  readonly jobs: string;
  readonly image: readonly string[];
  readonly record?: boolean;
  readonly keepKernelLog?: boolean;
  readonly into: string;
  readonly wrong?: boolean;
  readonly scrub: readonly string[];
  readonly writeDocs?: boolean;
}

const recordings = fileURLToPath(new URL("../recordings", import.meta.url));
const say = (text: string): void => void process.stdout.write(`${text}\n`);

export function addMatrixCommands(program: Command, placeInUse: () => Place): void {
  const withOptions = (name: string): Command =>
    program
      .command(name)
      .option("--only <names>", "these faults, parted by commas")
      .option("--jobs <count>", "nodes side by side", "3")
      .option("--image <id...>", "node images for faults that fit any, in turn", ["debian-12", "debian-13"])
      .option("--keep-kernel-log", "do not write over this host's kernel log, which all nodes read")
      .option("--into <folder>", "where recordings go, a folder for each fault", recordings)
      .option("--wrong", "record what was answered wrong, too")
      .option(
        "--scrub <pattern...>",
        "taken out of what is recorded: what this host is called is nobody's business",
        [],
      )
      .option("--write-docs", "put the table into docs/lab.md");
  withOptions("matrix")
    .description("try every fault on a fresh node: inject, ask node-why, compare, mend, ask again")
    .option("--record", "save what was read, for the fast tests")
    .action((options: Options) => matrix(placeInUse(), options));
  withOptions("record")
    .description("try faults and save what was read, for the fast tests")
    .action((options: Options) => matrix(placeInUse(), { ...options, record: true }));
}

async function matrix(place: Place, options: Options): Promise<void> {
  const jobs = Number(options.jobs);
  if (!(jobs >= 1 && jobs <= 16)) throw new OperatorError("--jobs is a number from 1 to 16");
  const faults = loadFaults();
  const only = options.only?.split(",") ?? [];
  loadFaults(only); // names that are no fault's
  const began = performance.now();
  const outcomes: Outcome[] = [];
  const wish = {
    into: options.into,
    wrong: options.wrong === true,
    traces: [...tracesOf(place), ...options.scrub.map(removed)],
  };
  const done: MatrixWish["done"] = async (tried) => {
    outcomes.push(tried.outcome);
    say(line(tried.outcome));
    if (options.record) await saveRecordings(tried, wish);
  };
  const freshLog = options.keepKernelLog !== true;
  await runMatrix(place, { faults, only, jobs, images: options.image, freshLog, done });
  const sorted = [...outcomes].sort((a, b) => a.fault.localeCompare(b.fault));
  say(`\n${table(sorted)}\n\n${summary(sorted)}`);
  const minutes = (performance.now() - began) / 60_000;
  say(`${minutes.toFixed(1)} minutes, ${jobs} nodes side by side`);
  if (options.writeDocs) writeDocs(sorted, minutes, jobs);
  const failed = outcomes.filter((outcome) => !passed(outcome)).length;
  say(`${outcomes.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
