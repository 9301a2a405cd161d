import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { knowledgeSource, version } from "./compose/knowledge.ts";
import { serve } from "./compose/serve.ts";
import { composeWorld } from "./compose/world.ts";
import { loadSettings } from "./config/load.ts";
import type { CliIo } from "./entry/cli/io.ts";
import { runCli } from "./entry/cli/program.ts";
import { readBundle, writeBundle } from "./platform/files/bundle.ts";
import { messageOf, OperatorError } from "./shared/errors.ts";
import { lintAll, loadEngine, problemText } from "./usecases/load-engine.ts";

const io: CliIo = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  readText: (path) => orOperatorError(`cannot read ${path}`, () => readFileSync(path, "utf8")),
  listFiles: (dir) =>
    orOperatorError(`cannot read the folder ${dir}`, () =>
      readdirSync(realpathSync(dir))
        .sort()
        .map((name) => join(dir, name)),
    ),
  exit: (code) => {
    process.exitCode = code;
  },
};

function orOperatorError<Value>(what: string, read: () => Value): Value {
  try {
    return read();
  } catch (thrown) {
    throw new OperatorError(`${what}: ${messageOf(thrown)}`);
  }
}

await runCli(process.argv, {
  version,
  io,
  now: () => new Date(),
  settings: (file) => loadSettings(file),
  world: composeWorld,
  readBundle,
  writeBundle,
  serve,
  engine: async (settings) => loadEngine(await knowledgeSource(settings)),
  lint: async (settings) => {
    const { compiled, problems } = lintAll(await knowledgeSource(settings));
    const { causes, patterns } = compiled.knowledge;
    return { problems: problems.map(problemText), causes: causes.size, patterns: patterns.size };
  },
});
