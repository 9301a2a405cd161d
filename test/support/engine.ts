import { fileURLToPath } from "node:url";
import { loadRegistry } from "../../src/collect/registry.ts";
import { readKnowledgeFolder } from "../../src/platform/files/knowledge-folder.ts";
import type { Engine } from "../../src/usecases/engine.ts";
import { loadEngine } from "../../src/usecases/load-engine.ts";

let made: Promise<Engine> | undefined;

/** The engine with the knowledge of this checkout, made once per test file. */
export function realEngine(): Promise<Engine> {
  made ??= make();
  return made;
}

async function make(): Promise<Engine> {
  const folder = fileURLToPath(new URL("../../knowledge", import.meta.url));
  return loadEngine({
    registry: await loadRegistry(),
    folders: [readKnowledgeFolder(folder)],
    actions: ["restart-runtime", "restart-kubelet"],
    version: "test",
  });
}
