import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ExternalError } from "../../../src/shared/errors.ts";
import { imageOf } from "../build/images.ts";
import { treeOf, varTemplate } from "../build/node-image.ts";
import { type Api, conditionsOf, forgetNode } from "../cluster/api.ts";
import { childFolders, endGroups } from "../host/cgroups.ts";
import { lives, logFile, pidFile, start } from "../host/daemons.ts";
import { mount, unmountBelow } from "../host/mounts.ts";
import { forgetNeighbour } from "../host/network.ts";
import { run } from "../host/run.ts";
import { until } from "../host/wait.ts";
import { bridge, nodeDir, type Place, pkiDir, rootOf, varOf } from "../place.ts";
import { addressFile, addressOf, groupOf, type NodeSpec, type NodeWish, requireSpec, specOf } from "./spec.ts";
import { sshTo } from "./ssh.ts";
import { writeTree } from "./tree.ts";

/** Makes a node and starts it; one that is there and off is only started. Returns before it is Ready. */
export async function bootNode(place: Place, wish: NodeWish): Promise<NodeSpec> {
  const spec = specOf(place, wish);
  const folder = nodeDir(place, spec.name);
  const first = !existsSync(join(folder, "var.img"));
  if (first) await run(["cp", "--sparse=always", varTemplate(place, spec.image), join(folder, "var.img")]);
  for (const each of ["upper", "work"]) mkdirSync(join(folder, each), { recursive: true });
  const layers = `lowerdir=${treeOf(place, spec.image)},upperdir=${join(folder, "upper")},workdir=${join(folder, "work")}`;
  await mount(place, rootOf(place, spec.name), "-t", "overlay", "overlay", "-o", layers);
  await mount(place, varOf(place, spec.name), "-o", "loop", join(folder, "var.img"));
  if (first) await writeTree(place, spec);
  if (!lives(place, groupOf(spec.name), groupOf(spec.name))) startMachine(place, spec);
  return spec;
}

function startMachine(place: Place, { name, image }: NodeSpec): void {
  const nspawn = [
    "systemd-nspawn",
    "--register=no",
    "--keep-unit",
    "--link-journal=no",
    "--resolv-conf=off",
    "--timezone=off",
  ];
  const rights = [
    "--private-users=no",
    "--capability=all",
    "--system-call-filter=keyctl bpf @module",
    "--bind=/dev/kmsg",
  ];
  const own = [`--machine=${name}`, `--network-bridge=${bridge(place)}`, `--bind=${varOf(place, name)}:/var`];
  const argv = [...nspawn, ...rights, ...own, "-D", rootOf(place, name), "--boot", ...imageOf(image).boot];
  start(place, { name: groupOf(name), group: groupOf(name), argv });
}

/** Waits until the API says that the node is Ready; seconds it took. */
export async function waitReady(place: Place, api: Api, { name, kind }: NodeSpec, seconds = 90): Promise<number> {
  const began = performance.now();
  const ready = await until(seconds, async () => {
    if (kind === "gate") return (await sshTo(place, name, "true")).code === 0;
    const conditions = await conditionsOf(api, name).catch(() => null);
    return conditions?.some(({ type, status }) => type === "Ready" && status === "True");
  });
  if (ready === null)
    throw new ExternalError(
      "kubernetes",
      `${name} is not Ready after ${seconds} s: see ${logFile(place, groupOf(name))}`,
      true,
    );
  return (performance.now() - began) / 1000;
}

/** Ends a node's machine and takes away all that was made for it, so that its name and address are free. */
export async function removeNode(place: Place, api: Api, name: string): Promise<void> {
  const spec = requireSpec(place, name);
  await endGroups(childFolders(place, groupOf(name)));
  await unmountBelow(nodeDir(place, name));
  await forgetNeighbour(place, addressOf(place, spec));
  if (spec.kind !== "gate") await forgetNode(api, name);
  const pki = ["crt", "key", "csr", "ext", "srl"].map((ending) => join(pkiDir(place), `node-${name}.${ending}`));
  for (const file of [...pki, pidFile(place, groupOf(name)), nodeDir(place, name), addressFile(place, spec)])
    rmSync(file, { recursive: true, force: true });
}
