import { Command, CommanderError } from "commander";
import type { Settings } from "../../config/load.ts";
import { ExternalError, messageOf, OperatorError } from "../../shared/errors.ts";
import { judgeCase } from "../../usecases/case-report.ts";
import type { Engine } from "../../usecases/engine.ts";
import { type CliIo, printJson } from "./io.ts";
import { type KnowledgePort, knowledgeCommand } from "./knowledge.ts";

/** What the command line needs from the composition root. */
export interface CliPorts {
  readonly version: string;
  readonly io: CliIo;
  readonly settings: (file: string | undefined) => Settings;
  readonly engine: (settings: Settings) => Promise<Engine>;
  readonly lint: (settings: Settings) => ReturnType<KnowledgePort["lint"]>;
}

/** Exit codes: 0 done, 1 the answer is no (a check or a case failed), 2 broken input or config, 3 another system failed, 70 our bug. */
export async function runCli(argv: readonly string[], ports: CliPorts): Promise<void> {
  const program = makeProgram(ports);
  try {
    await program.parseAsync([...argv]);
  } catch (thrown) {
    ports.io.exit(complain(thrown, ports.io));
  }
}

function makeProgram(ports: CliPorts): Command {
  const { io } = ports;
  const program = new Command("node-why")
    .description("Why is this Kubernetes node NotReady?")
    .version(ports.version)
    .option("--config <file>", "the config file (default: NODE_WHY_CONFIG)")
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err });
  const settings = (): Settings => ports.settings(program.opts<{ config?: string }>().config);
  program.addCommand(
    knowledgeCommand({ engine: () => ports.engine(settings()), lint: () => ports.lint(settings()) }, io).exitOverride(),
  );
  program
    .command("why [nodes...]")
    .description('the root cause of a node\'s trouble, or an honest "not known"')
    .option("--case <file>", "a case file instead of a live node")
    .option("--json", "print one report per line")
    .action(async (_nodes: string[], options: { case?: string; json?: boolean }) => {
      if (options.case === undefined) throw new OperatorError("name a node, or a case with --case");
      const { report } = judgeCase(await ports.engine(settings()), options.case, io.readText(options.case));
      printJson(io, report);
    });
  return program;
}

function complain(thrown: unknown, io: CliIo): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  if (thrown instanceof OperatorError) {
    io.err(`${thrown.message}\n${thrown.nextSteps.map((step) => `  ${step}\n`).join("")}`);
    return 2;
  }
  if (thrown instanceof ExternalError) {
    io.err(`${thrown.service}: ${thrown.message}${thrown.retryable ? " (trying again may help)" : ""}\n`);
    return 3;
  }
  io.err(`node-why has a bug: ${messageOf(thrown)}\n${thrown instanceof Error ? (thrown.stack ?? "") : ""}\n`);
  return 70;
}
