import { Command } from "commander";
import type { Settings } from "../../config/load.ts";
import { checkupText } from "../../present/text/doctor.ts";
import { OperatorError } from "../../shared/errors.ts";
import { checkup } from "../../usecases/doctor/doctor.ts";
import { type Checkup, checkupOf, finding } from "../../usecases/doctor/finding.ts";
import type { DoctorPorts } from "../../usecases/doctor/ports.ts";
import { parseName } from "../../usecases/names.ts";
import { type CliIo, printJson } from "./io.ts";

export interface DoctorCommandPorts {
  readonly settings: () => Settings;
  readonly now: () => Date;
  /** What the checkup asks; nothing is connected to yet. */
  readonly doctor: (settings: Settings, nodes: readonly string[]) => Promise<DoctorPorts>;
}

/** Exits with 0 where all is fine, 1 where something is to be fixed, 3 where something could not be told. */
export function doctorCommand(ports: DoctorCommandPorts, io: CliIo): Command {
  return new Command("doctor")
    .description(
      "what is missing before it is needed: rights, logins, sudo, Slack, the store, clocks, credentials' ends",
    )
    .argument("[nodes...]", "try these nodes instead of a sample of three of each cluster")
    .option("--json", "print one JSON object")
    .action(async (nodes: readonly string[], { json }: { json?: boolean }) => {
      const found = await examined(ports, nodes.map(checked));
      if (json) printJson(io, found);
      else io.out(checkupText(found));
      if (found.state !== "fine") io.exit(found.state === "fix" ? 1 : 3);
    });
}

/** A config that cannot be read is the first thing to fix, and hides the rest. */
async function examined(ports: DoctorCommandPorts, nodes: readonly string[]): Promise<Checkup> {
  const say = finding("config", null);
  let settings: Settings;
  try {
    settings = ports.settings();
  } catch (thrown) {
    if (!(thrown instanceof OperatorError)) throw thrown;
    return checkupOf(ports.now().toISOString(), [say.fix(thrown.message, ...thrown.nextSteps)]);
  }
  const found = await checkup(await ports.doctor(settings, nodes));
  const config = say.fine(settings.file === null ? "no config file; defaults are used" : `${settings.file} is right`);
  return checkupOf(found.at, [config, ...found.findings]);
}

function checked(name: string): string {
  if (parseName(name) !== null) return name;
  throw new OperatorError(`${JSON.stringify(name)} cannot be a node's name`);
}
