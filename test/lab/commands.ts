import { spawnSync } from "node:child_process";
import type { Command } from "commander";
import { OperatorError } from "../../src/shared/errors.ts";
import { imageIds } from "./build/images.ts";
import { apiOf, conditionsOf } from "./cluster/api.ts";
import { down } from "./down.ts";
import { loadFaults } from "./fault/load.ts";
import { seen, well } from "./fault/seen.ts";
import { breakNode, runSteps } from "./fault/steps.ts";
import { labFolders } from "./host/cgroups.ts";
import { lives } from "./host/daemons.ts";
import { addMatrixCommands } from "./matrix/command.ts";
import { openDesk } from "./matrix/desk.ts";
import { bootNode, removeNode, waitReady } from "./node/boot.ts";
import {
  addressOf,
  allSpecs,
  findSpec,
  gateName,
  groupOf,
  type NodeKind,
  type NodeWish,
  nodeKinds,
} from "./node/spec.ts";
import { sshArgv } from "./node/ssh.ts";
import { mayInstall, type Place, placeOf } from "./place.ts";
import { up } from "./up.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Every command of the lab; each reads the place from the environment. */
export function addCommands(program: Command): void {
  program.enablePositionalOptions(); // so that ssh passes a command's own options on
  program
    .command("up")
    .argument("[nodes]", "boot so many nodes, worker-1 and on", "0")
    .description("build what is missing, start the control plane and nodes")
    .option("--install", "add missing Debian packages to this host", mayInstall())
    .option("--image <id...>", `make only these node images (${imageIds.join(", ")})`)
    .action(async (nodes: string, { install, image }: { install: boolean; image?: string[] }) => {
      const place = placeOf();
      await up(place, { images: image ?? imageIds, install, say });
      const names = Array.from({ length: Number(nodes) }, (_, index) => `worker-${index + 1}`);
      await Promise.all(
        names.map((name) => boot(place, { name, image: (image ?? imageIds)[0] ?? "", kind: "ordinary" })),
      );
      say(`the lab is up: ${place.state}`);
    });
  program
    .command("down")
    .description("end and remove everything")
    .action(() => down(placeOf()));
  program.command("status").description("what runs, and what the API says of each node").action(status);
  program
    .command("node")
    .argument("<name>")
    .description("boot a node and wait until it is Ready; one that is off is only started")
    .option("--image <id>", imageIds.join(", "), "debian-12")
    .option("--kind <kind>", nodeKinds.join(", "), "ordinary")
    .option("--no-wait", "return while it boots")
    .action((name: string, { image, kind, wait }: { image: string; kind: string; wait: boolean }) =>
      boot(placeInUse(), { name, image, kind: kindOf(kind) }, wait),
    );
  program
    .command("remove")
    .argument("<name>")
    .description("end a node and forget it")
    .action((name: string) => removeNode(placeInUse(), apiOf(placeInUse()), name));
  program
    .command("fault")
    .argument("<fault>", "a name in test/lab/faults")
    .argument("<node>")
    .description("break a node, and wait until the API shows it")
    .action(async (name: string, node: string) => {
      const [fault] = loadFaults([name]);
      if (fault === undefined) return;
      report(await breakNode(placeInUse(), node, fault));
      const seconds = await seen(apiOf(placeInUse()), node, fault.see);
      if (seconds === null) throw new OperatorError(`${node} never showed ${fault.see.condition} ${fault.see.status}`);
      say(`${node} shows it after ${seconds.toFixed(1)} s`);
    });
  program
    .command("heal")
    .argument("<fault>")
    .argument("<node>")
    .description("mend what a fault broke: by the bot's action or the fault's own heal")
    .action((name: string, node: string) => heal(placeInUse(), name, node));
  program
    .command("ssh")
    .argument("<name>")
    .argument("[command...]", "without one, a login")
    .description("root's shell on a node")
    .passThroughOptions()
    .action((name: string, words: string[]) => {
      const [file = "", ...argv] = [...sshArgv(placeInUse(), name), ...words];
      process.exitCode = spawnSync(file, argv, { stdio: "inherit" }).status ?? 1;
    });
  addMatrixCommands(program, placeInUse);
}

function placeInUse(): Place {
  const place = placeOf();
  if (labFolders(place).length === 0) throw new OperatorError("the lab is not up", ["npm run lab -- up"]);
  return place;
}

function kindOf(kind: string): NodeKind {
  const found = nodeKinds.find((each) => each === kind);
  if (found === undefined) throw new OperatorError(`no kind of node is called ${kind}`, [nodeKinds.join(", ")]);
  return found;
}

async function boot(place: Place, wish: NodeWish, wait = true): Promise<void> {
  const api = apiOf(place);
  if (wish.kind === "bastion" && findSpec(place, gateName) === null)
    await boot(place, { ...wish, name: gateName, kind: "gate" });
  const began = performance.now();
  const spec = await bootNode(place, wish);
  if (!wait) return;
  await waitReady(place, api, spec);
  say(`${spec.name} ${addressOf(place, spec)} is Ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

async function heal(place: Place, name: string, node: string): Promise<void> {
  const [fault] = loadFaults([name]);
  if (fault === undefined) return;
  if ("action" in fault.heal) {
    const desk = await openDesk(place, node);
    const problem = await desk.fix(fault.heal.action);
    await desk.close();
    if (problem !== null) throw new OperatorError(problem);
  } else report(await runSteps(place, node, fault.heal.run));
  const seconds = await well(apiOf(place), node, 120);
  if (seconds === null) throw new OperatorError(`${node} did not become well again`);
  say(`${node} is well again after ${seconds.toFixed(1)} s`);
}

function report(complaints: readonly string[]): void {
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
}

async function status(): Promise<void> {
  const place = placeInUse();
  for (const name of ["etcd", "apiserver", "kcm"])
    say(`${name}: ${lives(place, name, "control-plane") ? "runs" : "is down"}`);
  say(`keeper: ${lives(place, "keeper", "keeper") ? "runs" : "is down"}`);
  const api = apiOf(place);
  for (const spec of allSpecs(place)) {
    const conditions = await conditionsOf(api, spec.name).catch(() => null);
    const ready = conditions?.find(({ type }) => type === "Ready");
    const machine = lives(place, groupOf(spec.name), groupOf(spec.name)) ? "on" : "off";
    say(
      `${spec.name} ${addressOf(place, spec)} ${spec.image} ${spec.kind}: ${machine}, Ready ${ready?.status ?? "?"} ${ready?.reason ?? ""}`,
    );
  }
}
