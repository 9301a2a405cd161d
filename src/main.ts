import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadRegistry } from "./collect/registry.ts";
import { loadSettings, type Settings } from "./config/load.ts";
import type { CliIo } from "./entry/cli/io.ts";
import { runCli } from "./entry/cli/program.ts";
import { readKnowledgeFolder } from "./platform/files/knowledge-folder.ts";
import { messageOf, OperatorError } from "./shared/errors.ts";
import { type KnowledgeSource, lintAll, loadEngine, problemText } from "./usecases/load-engine.ts";

/** The composition root: the only place that makes clients and hands them to the parts. */

/** The package's own folder, whether it runs from its sources or from dist. */
const home = import.meta.url.includes("/dist/src/")
  ? new URL("../../", import.meta.url)
  : new URL("../", import.meta.url);
const version = (JSON.parse(readFileSync(new URL("package.json", home), "utf8")) as { version: string }).version;

async function knowledgeSource(settings: Settings): Promise<KnowledgeSource> {
  const folders = [fileURLToPath(new URL("knowledge", home)), ...settings.config.knowledge.paths];
  return {
    registry: await loadRegistry(),
    folders: folders.map(readKnowledgeFolder),
    actions: ["restart-runtime", "restart-kubelet"],
    version,
  };
}

const io: CliIo = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  readText: (path) => {
    try {
      return readFileSync(path, "utf8");
    } catch (thrown) {
      throw new OperatorError(`cannot read ${path}: ${messageOf(thrown)}`);
    }
  },
  listFiles: (dir) => {
    try {
      return readdirSync(realpathSync(dir))
        .sort()
        .map((name) => join(dir, name));
    } catch (thrown) {
      throw new OperatorError(`cannot read the folder ${dir}: ${messageOf(thrown)}`);
    }
  },
  exit: (code) => {
    process.exitCode = code;
  },
};

await runCli(process.argv, {
  version,
  io,
  settings: (file) => loadSettings(file),
  engine: async (settings) => loadEngine(await knowledgeSource(settings)),
  lint: async (settings) => {
    const { compiled, problems } = lintAll(await knowledgeSource(settings));
    return {
      problems: problems.map(problemText),
      causes: compiled.knowledge.causes.size,
      patterns: compiled.knowledge.patterns.size,
    };
  },
});
