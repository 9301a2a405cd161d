import { Command, CommanderError } from "commander";
import type { Settings } from "../../config/load.ts";
import { ExternalError, messageOf, OperatorError } from "../../shared/errors.ts";
import type { CliIo } from "./io.ts";
import type { CliPorts } from "./ports.ts";

/**
 * Exit codes: 0 done, 1 the answer is no (a check or a case failed), 2 broken input or config,
 * 3 another system failed, 70 our bug.
 */
export async function runCli(argv: readonly string[], ports: CliPorts): Promise<void> {
  try {
    await (await makeProgram(argv, ports)).parseAsync([...argv]);
  } catch (thrown) {
    ports.io.exit(complain(thrown, ports.io));
  }
}

/** What a command is given: the ports, and the settings that the options name. */
type Given = Omit<CliPorts, "settings"> & { readonly settings: () => Settings };

/** In the order of the help. Each is loaded when it is asked for: `--help` must not wait for Kubernetes and Slack. */
const commands: Readonly<Record<string, (given: Given) => Command | Promise<Command>>> = {
  why: async (ports) => (await import("./why.ts")).whyCommand(ports, ports.io),
  check: async (ports) => (await import("./check.ts")).checkCommand(ports, ports.io),
  collect: async (ports) => (await import("./nodes.ts")).collectCommand(ports),
  bundle: async (ports) => (await import("./bundle.ts")).bundleCommand(ports, ports.io),
  list: async (ports) => (await import("./nodes.ts")).listCommand(ports),
  history: async (ports) => (await import("./nodes.ts")).historyCommand(ports),
  digest: async ({ digest, settings, io }) =>
    (await import("./digest.ts")).digestCommand((week) => digest(settings(), week), io),
  knowledge: async ({ workbench, settings, io }) =>
    (await import("./knowledge.ts")).knowledgeCommand(() => workbench(settings()), io),
  doctor: async (ports) => (await import("./doctor.ts")).doctorCommand(ports, ports.io),
  grants: async (ports) => (await import("./grants.ts")).grantsCommand(ports, ports.io),
  fix: async (ports) => (await import("./fix.ts")).fixCommand(ports, ports.io),
  migrate: ({ migrate, settings, io }) =>
    new Command("migrate").description("bring the store to the form this version expects").action(async () => {
      const ran = await migrate(settings());
      io.out(ran.length > 0 ? `ran ${ran.join(", ")}\n` : "nothing to do\n");
    }),
  demo: ({ demo, io }) =>
    new Command("demo")
      .description("a practice cluster of recorded nodes, a Slack of its own, and the real bot")
      .option("--script", "walk through it unattended; exit 1 if an answer is not the expected one")
      .action(async (options: { script?: boolean }) => io.exit(await demo(options.script === true))),
  serve: ({ serve, settings }) => new Command("serve").description("run the Slack bot").action(() => serve(settings())),
};

async function makeProgram(argv: readonly string[], ports: CliPorts): Promise<Command> {
  const program = new Command("node-why")
    .description("Why is this Kubernetes node NotReady?")
    .version(ports.version)
    .option("--config <file>", "the config file (default: NODE_WHY_CONFIG)")
    .hook("preAction", ports.prepare);
  const given: Given = { ...ports, settings: () => ports.settings(program.opts<{ config?: string }>().config) };
  for (const name of commandsFor(argv.slice(2))) {
    const command = await commands[name]?.(given);
    if (command) program.addCommand(command);
  }
  quiet(program, ports.io);
  return program;
}

/** Those that are named, though it be as a file's name; all where none is, for the help and for "did you mean". */
function commandsFor(words: readonly string[]): readonly string[] {
  if (words[0] === "--version" || words[0] === "-V") return [];
  const all = Object.keys(commands);
  const named = all.filter((name) => words.includes(name));
  return named.length > 0 ? named : all;
}

/** Every command throws instead of exiting, and writes through our io. */
function quiet(command: Command, io: CliIo): void {
  command.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
  for (const each of command.commands) quiet(each, io);
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
