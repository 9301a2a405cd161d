import { readdir } from "node:fs/promises";
import type { Derivation, Readers } from "../facts/reader.ts";
import { Bug } from "../shared/errors.ts";
import type { Probe } from "./probe.ts";

/** Every probe and derivation there is: the folders are the registry, so that a new one is one file. */
export interface Registry extends Readers {
  readonly probes: readonly Probe[];
  readonly derivations: readonly Derivation[];
}

export async function loadRegistry(): Promise<Registry> {
  const [probes, readers, derivations] = await Promise.all([
    loadFolder<Probe>(new URL("./probes/", import.meta.url)),
    loadFolder<Registry["readers"][number]>(new URL("./readers/", import.meta.url)),
    loadFolder<Derivation>(new URL("../facts/derive/", import.meta.url)),
  ]);
  return { probes, readers: [...probes, ...readers], derivations };
}

/** Each file of the folder exports one object with an id. */
async function loadFolder<T extends { readonly id: string }>(folder: URL): Promise<readonly T[]> {
  const files = (await readdir(folder)).filter((name) => /(?<!\.test|\.d)\.[tj]s$/.test(name)).sort();
  const loaded = await Promise.all(
    files.map(async (name) => {
      const module = (await import(new URL(name, folder).href)) as Record<string, unknown>;
      const found = Object.values(module).filter(hasId);
      if (found.length !== 1) throw new Bug(`${name} must export exactly one object with an id`);
      return found[0] as T;
    }),
  );
  return loaded;
}

function hasId(value: unknown): boolean {
  return typeof value === "object" && value !== null && "id" in value;
}
