import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadRegistry } from "../collect/registry.ts";
import type { Settings } from "../config/load.ts";
import { readKnowledgeFolder } from "../platform/files/knowledge-folder.ts";
import { loadActions } from "../remediate/registry.ts";
import type { KnowledgeSource } from "../usecases/load-engine.ts";

/** The package's own folder, whether it runs from its sources or from dist. */
export const packageFolder = import.meta.url.includes("/dist/src/")
  ? new URL("../../../", import.meta.url)
  : new URL("../../", import.meta.url);

export const version = (JSON.parse(readFileSync(new URL("package.json", packageFolder), "utf8")) as { version: string })
  .version;

/** Our knowledge and the operator's own folders, with the probes that read facts for it. */
export async function knowledgeSource(settings: Settings): Promise<KnowledgeSource> {
  const folders = [fileURLToPath(new URL("knowledge", packageFolder)), ...settings.config.knowledge.paths];
  return {
    registry: await loadRegistry(),
    folders: folders.map(readKnowledgeFolder),
    actions: [...(await loadActions()).keys()],
    version,
  };
}
