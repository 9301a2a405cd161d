import { spawnSync } from "node:child_process";
import type { Command } from "commander";
import { OperatorError } from "../../src/shared/errors.ts";
import { imageIds } from "./build/images.ts";
import { apiOf, conditionsOf } from "./cluster/api.ts";
import { down } from "./down.ts";
import { labFolders } from "./host/cgroups.ts";
import { lives } from "./host/daemons.ts";
import { bootNode, groupOf, removeNode, waitReady } from "./node/boot.ts";
import { addressOf, allSpecs, findSpec, gateName, type NodeKind, type NodeSpec, nodeKinds } from "./node/spec.ts";
import { sshArgv } from "./node/ssh.ts";
import { type Place, placeOf } from "./place.ts";
import { up } from "./up.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Every command of the lab; each reads the place from the environment. */
export function addCommands(program: Command): void {
  program.enablePositionalOptions(); // so that ssh passes a command's own options on
  program
    .command("up")
    .argument("[nodes]", "boot so many nodes, worker-1 and on", "0")
    .description("build what is missing, start the control plane and nodes")
    .option("--install", "add missing Debian packages to this host", process.env.CI === "1")
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
    .action((name: string, { image, kind }: { image: string; kind: string }) =>
      boot(placeInUse(), { name, image, kind: kindOf(kind) }),
    );
  program
    .command("remove")
    .argument("<name>")
    .description("end a node and forget it")
    .action((name: string) => removeNode(placeInUse(), apiOf(placeInUse()), name));
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

async function boot(place: Place, wish: Omit<NodeSpec, "index">): Promise<void> {
  const api = apiOf(place);
  if (wish.kind === "bastion" && findSpec(place, gateName) === null)
    await boot(place, { ...wish, name: gateName, kind: "gate" });
  const began = performance.now();
  const spec = await bootNode(place, wish);
  await waitReady(place, api, spec);
  say(`${spec.name} ${addressOf(place, spec)} is Ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
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
