import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { knowledgeSource, packageFolder, version } from "./compose/knowledge.ts";
import type { CliIo } from "./entry/cli/io.ts";
import { runCli } from "./entry/cli/program.ts";
import { Bug, messageOf, OperatorError } from "./shared/errors.ts";

/** Whoever reads our output may stop early (`| head`); that is no failure of ours. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

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

/** One typed line; null where nobody sits at a terminal. */
async function askTerminal(question: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/** The demo is made of the product's own parts, put before recorded nodes and a Slack of our own. */
async function demo(script: boolean): Promise<number> {
  const [{ runDemo }, { startBot }, { systemClock }] = await Promise.all([
    import("./demo/demo.ts"),
    import("./compose/serve.ts"),
    import("./platform/clock.ts"),
  ]);
  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort());
  return runDemo({
    script,
    recordings: fileURLToPath(new URL("test/bundles", packageFolder)),
    clock: systemClock,
    stop: interrupt.signal,
    startProduct: async (settings, adapt) => {
      const { composeWorld, loggerOf } = await world();
      const composed = await composeWorld(settings);
      const bot = await startBot(settings, { ...composed, world: adapt(composed.world) }, loggerOf(settings));
      const stop = async (): Promise<void> => {
        await bot.stop();
        await composed.close();
      };
      return { stop };
    },
    io: {
      out: io.out,
      columns: process.stdout.columns ?? 100,
      styled: process.stdout.isTTY === true,
      lines: (signal) => createInterface({ input: process.stdin, signal }),
    },
  });
}

/** The clients of clusters, Slack and stores take longer to load than a recorded node takes to judge. */
const world = (): Promise<typeof import("./compose/world.ts")> => import("./compose/world.ts");
const bundles = (): Promise<typeof import("./platform/files/bundle/bundle.ts")> =>
  import("./platform/files/bundle/bundle.ts");

let config: typeof import("./config/load.ts") | undefined;
let bench: typeof import("./compose/workbench.ts") | undefined;

function loaded<Module>(module: Module | undefined): Module {
  if (module === undefined) throw new Bug("a command ran before it was prepared");
  return module;
}

await runCli(process.argv, {
  version,
  io,
  now: () => new Date(),
  prepare: async () => {
    [config, bench] = await Promise.all([import("./config/load.ts"), import("./compose/workbench.ts")]);
  },
  settings: (file) => loaded(config).loadSettings(file),
  world: async (settings) => (await world()).composeWorld(settings),
  readBundle: async (path) => (await bundles()).readBundle(path),
  writeBundle: async (path, set) => (await bundles()).writeBundle(path, set),
  migrate: async (settings) => {
    const { documents, migrated } = await (await import("./compose/store.ts")).openMemory(settings);
    try {
      return await migrated();
    } finally {
      await documents.close();
    }
  },
  doctor: async (settings, nodes) => (await import("./compose/doctor.ts")).doctorPorts(settings, nodes),
  grants: async () => (await import("./compose/grants.ts")).grantSource(),
  fixWorld: async (settings) => {
    const { fixWorldOf } = await import("./compose/fix.ts");
    const { composeWorld, loggerOf } = await world();
    const { world: at, memory, close } = await composeWorld(settings);
    if (memory === null) throw new OperatorError(`nothing can be fixed unrecorded: ${at.memoryProblem ?? ""}`);
    await memory.migrated();
    return { world: await fixWorldOf(settings, at, memory.documents, loggerOf(settings)), close };
  },
  ask: askTerminal,
  user: userInfo().username,
  digest: async (settings, week) => (await import("./compose/digest.ts")).digestOnce(settings, week),
  serve: async (settings) => (await import("./compose/serve.ts")).serve(settings),
  demo,
  engine: async (settings) => {
    const { loadEngine } = await import("./usecases/load-engine.ts");
    return loadEngine(await knowledgeSource(settings));
  },
  workbench: (settings) => loaded(bench).workbench(settings),
});
