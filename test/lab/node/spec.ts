import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { OperatorError } from "../../../src/shared/errors.ts";
import { nodeDir, type Place } from "../place.ts";

/** How a node can be reached. `gate` is no Kubernetes node: the bastion host before nodes of the kind `bastion`. */
export const nodeKinds = ["ordinary", "sudo-user", "bastion", "api-only", "gate"] as const;
export type NodeKind = (typeof nodeKinds)[number];

const spec = z.object({
  name: z.string(),
  image: z.string(),
  kind: z.enum(nodeKinds),
  /** Last number of its address, and third of its pods' subnet. */
  index: z.number().int().min(10).max(250),
});
export type NodeSpec = z.infer<typeof spec>;

export type NodeWish = Omit<NodeSpec, "index">;

const fileOf = (place: Place, name: string): string => join(nodeDir(place, name), "node.json");
export const addressOf = ({ net }: Place, { index }: NodeSpec): string => `${net}.${index}`;

/** A machine's daemon, and the group that all of its processes are in. */
export const groupOf = (node: string): string => `node-${node}`;

/** The bastion host is one for all. */
export const gateName = "gate";

/** Finds a node's spec, or gives it an address that no other has, and writes it down. */
export function specOf(place: Place, wish: NodeWish): NodeSpec {
  const known = findSpec(place, wish.name);
  if (known !== null) return known;
  checkName(wish.name);
  const made = { ...wish, index: freeIndex(place, wish.name) };
  mkdirSync(nodeDir(place, wish.name), { recursive: true });
  writeFileSync(fileOf(place, wish.name), JSON.stringify(made));
  return made;
}

export function findSpec(place: Place, name: string): NodeSpec | null {
  return existsSync(fileOf(place, name)) ? spec.parse(JSON.parse(readFileSync(fileOf(place, name), "utf8"))) : null;
}

export function requireSpec(place: Place, name: string): NodeSpec {
  const found = findSpec(place, name);
  if (found === null) throw new OperatorError(`the lab has no node ${name}`, ["lab status lists those there are"]);
  return found;
}

export function allSpecs(place: Place): readonly NodeSpec[] {
  const folder = join(place.state, "nodes");
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => findSpec(place, name) ?? []);
}

/** The name is also an interface's (`vb-worker-41`): Linux allows 15 letters. */
function checkName(name: string): void {
  if (!/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/.test(name))
    throw new OperatorError(`${name} cannot be a node's name`, ["up to 12 small letters, digits and dashes"]);
}

/** An address belongs to whoever made its file. */
function freeIndex(place: Place, name: string): number {
  const folder = join(place.state, "addresses");
  mkdirSync(folder, { recursive: true });
  for (let index = 10; index <= 250; index += 1) {
    if (claimed(join(folder, String(index)), name)) return index;
  }
  throw new OperatorError("all of the lab's addresses are taken", ["lab remove NODE gives one back"]);
}

function claimed(file: string, name: string): boolean {
  try {
    writeFileSync(file, name, { flag: "wx" });
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw thrown;
  }
}

export const addressFile = (place: Place, { index }: NodeSpec): string => join(place.state, "addresses", String(index));
