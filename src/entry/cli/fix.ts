import { Command } from "commander";
import type { Settings } from "../../config/load.ts";
import { endParts, fixHeadline, lastOutput, type Part, proposalParts, stepLines } from "../../present/fix.ts";
import { OperatorError } from "../../shared/errors.ts";
import { printable } from "../../shared/printable.ts";
import { parseName } from "../../usecases/names.ts";
import { cancel, confirm } from "../../usecases/remediate/confirm.ts";
import type { About, FixWorld, Person, Tell } from "../../usecases/remediate/ports.ts";
import { type Proposal, propose } from "../../usecases/remediate/propose.ts";
import { type FixEnd, runFix } from "../../usecases/remediate/run.ts";
import { type CliIo, printJson } from "./io.ts";

export interface FixCommandPorts {
  readonly settings: () => Settings;
  readonly fixWorld: (settings: Settings) => Promise<{ readonly world: FixWorld; readonly close: () => Promise<void> }>;
  /** One typed line; null where nobody can type. */
  readonly ask: (question: string) => Promise<string | null>;
  /** The name of the local user. */
  readonly user: string;
}

interface FixOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `node-why fix NODE ACTION`: the same road as the button, with the node's name typed as confirmation. */
export function fixCommand(ports: FixCommandPorts, io: CliIo): Command {
  return new Command("fix")
    .argument("<node>", "a name like worker-7 or cluster/worker-7")
    .argument("<action>", "an action that the diagnosis offers, like restart-runtime")
    .description("run a confirmed fix on a node, after its name was typed")
    .option("--dry-run", "show what would be run, and run nothing")
    .option("--json", "print one JSON object")
    .action(async (node: string, action: string, options: FixOptions) => {
      const settings = ports.settings();
      const about = aboutOf(node, settings);
      const { world, close } = await ports.fixWorld(settings);
      try {
        await fixNode({ about, action, options }, world, ports, io);
      } finally {
        await close();
      }
    });
}

function aboutOf(name: string, { config }: Settings): About {
  const asked = parseName(name);
  if (asked === null) throw new OperatorError(`${JSON.stringify(name)} cannot be a node's name`);
  const clusters = config.clusters.map((cluster) => cluster.name);
  const cluster = asked.cluster ?? (clusters.length === 1 ? clusters[0] : undefined);
  if (cluster !== undefined && clusters.includes(cluster)) return { cluster, node: asked.node };
  const known = clusters.join(", ") || "none; fixes need one with an acting login";
  throw new OperatorError("name the cluster too", [`node-why fix CLUSTER/${asked.node} ACTION; configured: ${known}`]);
}

interface FixRequest {
  readonly about: About;
  readonly action: string;
  readonly options: FixOptions;
}

async function fixNode(
  { about, action, options }: FixRequest,
  world: FixWorld,
  ports: FixCommandPorts,
  io: CliIo,
): Promise<void> {
  // Whoever may use the config and the key may run fixes: there is nobody else to ask on a terminal.
  const person: Person = { id: `cli:${ports.user}`, may: async () => "allowed" };
  const place = { surface: "cli", team: null, channel: null, thread: null } as const;
  const proposed = await propose({ ...about, action, cause: null, place }, person, world);
  if (!proposed.ok) {
    io.err(`${proposed.problem}\n`);
    io.exit(1);
    return;
  }
  const proposal = proposed.value;
  if (options.dryRun === true) await dryRun(proposal, person, options, world, io);
  else await reallyRun(proposal, person, options, world, ports, io);
}

async function dryRun(
  proposal: Proposal,
  person: Person,
  { json }: FixOptions,
  world: FixWorld,
  io: CliIo,
): Promise<void> {
  if (json === true) printJson(io, planJson(proposal));
  else io.out(partsText(proposalParts(proposal)));
  await giveUp(proposal, person, "it was a dry run", world);
  if (proposal.token === null) io.exit(1);
}

/** What a program needs to know of a plan. Fields are added, never renamed. */
function planJson({ remediation, token, action, record, guards }: Proposal): object {
  const { _id: id, cluster, node, address, cause, plan, bootId, planHash } = remediation;
  return {
    id,
    cluster,
    node,
    address,
    cause,
    action: remediation.action,
    says: action.says,
    risk: action.risk,
    plan,
    planHash,
    bootId,
    record,
    guards,
    wouldRun: token !== null,
  };
}

async function reallyRun(
  proposal: Proposal,
  person: Person,
  { json }: FixOptions,
  world: FixWorld,
  ports: FixCommandPorts,
  io: CliIo,
): Promise<void> {
  const { token, remediation } = proposal;
  io.err(partsText(proposalParts(proposal)));
  if (token === null) {
    io.exit(1);
    return;
  }
  const typed = await ports.ask(`Type the node's name to run it (${remediation.node}): `);
  if (typed?.trim() !== remediation.node) {
    await giveUp(proposal, person, "the node's name was not typed", world);
    io.err("Nothing was run.\n");
    io.exit(1);
    return;
  }
  const taken = await confirm({ id: remediation._id, token }, person, world);
  if (!taken.ok) {
    io.err(`${taken.problem.says} ${taken.problem.next}\n`);
    io.exit(1);
    return;
  }
  const end = await runFix(taken.value, person, world, progressTo(io), async () => undefined);
  printEnd(end, io, json === true);
}

async function giveUp({ remediation, token }: Proposal, person: Person, says: string, world: FixWorld): Promise<void> {
  if (token !== null) await cancel({ id: remediation._id, token }, person, world, says);
}

/** A line whenever something new can be said. */
function progressTo(io: CliIo): Tell {
  let last = "";
  return (remediation) => {
    const line = `${fixHeadline({ ...remediation, outcome: null })} ${stepLines(remediation).join("; ")}`;
    if (line !== last) io.err(`${printable(line)}\n`);
    last = line;
  };
}

function printEnd({ remediation, unrecorded }: FixEnd, io: CliIo, json: boolean): void {
  const { seal: _, ...shown } = remediation;
  if (json) printJson(io, { ...shown, unrecorded });
  else {
    const output = remediation.state === "failed" ? lastOutput(remediation) : "";
    io.out(
      `${fixHeadline(remediation)}\n${partsText(endParts(remediation, unrecorded))}${output === "" ? "" : `${output}\n`}`,
    );
  }
  if (remediation.state !== "succeeded" || unrecorded !== null) io.exit(1);
}

function partsText(parts: readonly Part[]): string {
  const lines = parts
    .filter(({ text }) => text !== "")
    .flatMap(({ label, text, code }) => [`${label}: ${text}`, ...(code ?? []).map((line) => `    ${line}`)]);
  return `${printable(lines.join("\n"))}\n`;
}
