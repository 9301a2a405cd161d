import { Command, InvalidArgumentError, Option } from "commander";
import type { Probe } from "../../collect/probe.ts";
import type { Settings } from "../../config/load.ts";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import { refusalText } from "../../present/refusal.ts";
import { manifestsText, sudoersDiffText, sudoersText } from "../../present/text/grants.ts";
import { OperatorError } from "../../shared/errors.ts";
import { diagnose } from "../../usecases/diagnose.ts";
import { flavours } from "../../usecases/grants/flavours.ts";
import { type ActionAccess, ownNamespace, type Rung, rbacManifests, rungs } from "../../usecases/grants/rbac.ts";
import {
  type ActionPrivileges,
  actingCommands,
  commandsAsked,
  type RootCommand,
  readingCommands,
  sudoersDiff,
} from "../../usecases/grants/sudoers.ts";
import type { World } from "../../usecases/ports.ts";
import type { CliIo } from "./io.ts";

/** The registries, and how a command stands in a sudoers file. */
export interface GrantSource {
  readonly version: string;
  readonly probes: readonly Probe[];
  readonly actions: readonly (ActionPrivileges & ActionAccess)[];
  readonly ruleFor: (user: string, command: Pick<RootCommand, "argv" | "timeoutMs">) => string;
  readonly defaultsFor: (user: string) => string;
}

export interface GrantPorts {
  readonly settings: () => Settings;
  readonly readBundle: (path: string) => Promise<EvidenceSet>;
  readonly world: (settings: Settings) => Promise<{ readonly world: World; readonly close: () => Promise<void> }>;
  readonly grants: () => Promise<GrantSource>;
}

/** What to grant, made from the registries of probes and actions: exactly that, and nothing beside. */
export function grantsCommand(ports: GrantPorts, io: CliIo): Command {
  return new Command("grants")
    .description("what node-why needs to be granted, made from what it asks and does")
    .addCommand(rbacCommand(ports, io))
    .addCommand(sudoersCommand(ports, io));
}

interface RbacOptions {
  readonly name: string;
  readonly namespace: string;
  readonly with: readonly Rung[];
  readonly execNamespace?: string;
  readonly actions?: boolean;
}

function rbacCommand(ports: GrantPorts, io: CliIo): Command {
  return new Command("rbac")
    .description("a ServiceAccount and its read-only role, as YAML for kubectl apply")
    .option("--name <name>", "of every object", objectName, "node-why")
    .option("--namespace <namespace>", "of the service account", objectName, ownNamespace)
    .option("--with <ways>", `more ways in, joined by commas: ${rungs.join(", ")}`, rungsIn, [])
    .option(
      "--exec-namespace <namespace>",
      "with pod-exec: where the privileged pods are (default: the config's)",
      objectName,
    )
    .option("--actions", "a role for each action that writes through the API server")
    .action(async (options: RbacOptions) => {
      const { actions, probes, version } = await ports.grants();
      const { execNamespace = configuredNamespace(ports.settings()), ...rest } = options;
      const manifests = rbacManifests(
        { ...rest, execNamespace, actions: options.actions === true ? actions : null },
        probes,
      );
      io.out(manifestsText(manifests, [`made by node-why ${version}`, ...rbacRemarks(options, actions)]));
    });
}

/** Where the config says that such pods are, if it is one place. */
function configuredNamespace({ config }: Settings): string | null {
  const places = new Set(config.clusters.flatMap(({ podExec }) => podExec?.namespace ?? []));
  const [place = null] = places;
  return places.size === 1 ? place : null;
}

function rbacRemarks(options: RbacOptions, actions: readonly ActionAccess[]): readonly string[] {
  const idle = actions.filter(({ rules }) => rules.length === 0).map(({ id }) => id);
  return [
    ...(options.with.includes("proxy") ? ["nodes/proxy also runs commands in any pod of any node"] : []),
    ...(options.with.includes("pod-exec") ? ["pods/exec runs commands in every pod of its namespace"] : []),
    ...(options.actions && idle.length > 0
      ? [`nothing to grant here for ${idle.join(", ")}: see node-why grants sudoers --acting`]
      : []),
  ];
}

interface SudoersOptions {
  readonly user?: string;
  readonly acting?: boolean;
  readonly bundle?: string;
  readonly node?: string;
  readonly diff?: string;
}

function sudoersCommand(ports: GrantPorts, io: CliIo): Command {
  return new Command("sudoers")
    .description("the commands of a login that is not root, word for word, as a file for /etc/sudoers.d")
    .option("--user <user>", "the login (default: node-why, with --acting node-why-fix)", userName)
    .option("--acting", "of the login that runs fixes, instead of the one that reads")
    .addOption(new Option("--bundle <file>", "the words that a saved diagnosis asked").conflicts(["node", "acting"]))
    .addOption(new Option("--node <node>", "the words that a diagnosis of this node asks now").conflicts("acting"))
    .option("--diff <file>", "against an older file: what is new, what is no longer needed; exit 1 where they differ")
    .action(async (options: SudoersOptions) => {
      const text = await sudoersFile(options, ports);
      if (options.diff === undefined) return io.out(text);
      const diff = sudoersDiff(io.readText(options.diff), text);
      io.out(sudoersDiffText(diff));
      if (diff.added.length + diff.removed.length > 0) io.exit(1);
    });
}

async function sudoersFile(options: SudoersOptions, ports: GrantPorts): Promise<string> {
  const source = await ports.grants();
  const user = options.user ?? (options.acting ? "node-why-fix" : "node-why");
  if (options.acting) refuseReader(user, ports.settings());
  const set = await evidenceFor(options, ports);
  const commands = options.acting
    ? actingCommands(source.actions)
    : set === null
      ? readingCommands(source.probes, flavours)
      : commandsAsked(set, source.probes);
  const rules = commands.map((command) => ({ line: source.ruleFor(user, command), of: command.of }));
  return sudoersText({
    version: source.version,
    user,
    defaults: source.defaultsFor(user),
    remarks: remarksFor(options, set),
    rules,
  });
}

function refuseReader(user: string, { config }: Settings): void {
  const reader = config.clusters.find(({ ssh }) => ssh?.user === user);
  if (reader === undefined) return;
  throw new OperatorError(`${user} is the login that reads ${reader.name}; the one that acts must be another`, [
    "name it with --user, as in clusters[].acting.user",
  ]);
}

async function evidenceFor({ bundle, node }: SudoersOptions, ports: GrantPorts): Promise<EvidenceSet | null> {
  if (bundle !== undefined) return ports.readBundle(bundle);
  if (node === undefined) return null;
  const { world, close } = await ports.world(ports.settings());
  try {
    const found = await diagnose({ name: node, askedBy: "cli" }, { ...world, incidents: null, memoryProblem: null });
    if (found.kind !== "report") throw new OperatorError(refusalText(found));
    return found.evidence;
  } finally {
    await close();
  }
}

function remarksFor({ acting }: SudoersOptions, set: EvidenceSet | null): readonly string[] {
  if (acting) return ["for the units your nodes have; take out the others"];
  const about =
    set === null
      ? "for the usual layouts of every flavour; for one node's own words: node-why grants sudoers --node NODE"
      : `as ${set.node ?? "a node"} was asked at ${set.at ?? "an unknown time"}`;
  return [
    about,
    "why --at asks the journal for other hours each time, which no fixed words can allow: that needs root",
  ];
}

function objectName(text: string): string {
  if (/^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/.test(text)) return text;
  throw new InvalidArgumentError("Small letters, digits and dashes, up to 42.");
}

/** useradd(8) allows more; what is special in a sudoers file is none of it, and capitals alone name an alias there. */
function userName(text: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/.test(text) && /[a-z]/.test(text)) return text;
  throw new InvalidArgumentError("A login name: letters, digits, _, - and dots, up to 32.");
}

function rungsIn(text: string): readonly Rung[] {
  return text.split(",").map((word) => {
    const rung = rungs.find((each) => each === word.trim());
    if (rung === undefined) throw new InvalidArgumentError(`There are ${rungs.join(", ")}.`);
    return rung;
  });
}
