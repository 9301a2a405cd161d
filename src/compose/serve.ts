import type { Settings } from "../config/load.ts";
import { type RunningSlack, startSlack } from "../entry/slack/app.ts";
import { systemClock } from "../platform/clock.ts";
import { ExternalError, OperatorError } from "../shared/errors.ts";
import { diagnose } from "../usecases/diagnose.ts";
import { nodeHistory } from "../usecases/history.ts";
import { listNodes } from "../usecases/list-nodes.ts";
import type { World } from "../usecases/ports.ts";
import { digestMaker } from "./digest.ts";
import { startDigest } from "./digest-poster.ts";
import { fixWorldOf } from "./fix.ts";
import { startReloads } from "./reloads.ts";
import type { Memory } from "./store.ts";
import { type Composed, composeWorld, loggerOf } from "./world.ts";

/** Runs the bot until it is told to stop; answers that are under way are finished first. */
export async function serve(settings: Settings): Promise<void> {
  const log = loggerOf(settings);
  const { world, memory, live, close } = await composeWorld(settings);
  await prepareStore(memory, world, log);
  const slack = await startBot(settings, { world, memory }, log);
  const digests = startDigest(settings, { world, memory }, log);
  const reloads = startReloads(live, { folders: settings.config.knowledge.paths, clock: systemClock, log });
  log.info(
    { mode: slack.mode, port: slack.port, clusters: world.clusters.map(({ name }) => name) },
    "node-why answers",
  );
  await stopSignal();
  log.info({}, "stopping");
  reloads.stop();
  await digests?.stop();
  await slack.stop();
  await close();
}

/** A store of a newer version stops the start; one that is away does not, since answers need none. */
async function prepareStore(memory: Memory | null, world: World, log: ReturnType<typeof loggerOf>): Promise<void> {
  if (memory === null) throw new OperatorError(`the store cannot be used: ${world.memoryProblem ?? ""}`);
  try {
    const ran = await memory.migrated();
    if (ran.length > 0) log.info({ migrations: ran }, "the store was brought up to date");
  } catch (thrown) {
    if (!(thrown instanceof ExternalError)) throw thrown;
    log.warn({ error: thrown.message }, "the store does not answer; nothing is remembered until it does");
  }
}

/** Connects the use cases to Slack. Without memory there are neither digests nor fixes: both must be recorded. */
export async function startBot(
  settings: Settings,
  { world, memory }: Pick<Composed, "world" | "memory">,
  log: ReturnType<typeof loggerOf>,
): Promise<RunningSlack> {
  const remembered = memory && {
    digest: digestMaker(settings, { world, memory }),
    fix: { world: await fixWorldOf(settings, world, memory.documents, log), clock: systemClock },
  };
  return startSlack(settings.config.slack, settings.slack, {
    diagnose: (question) => diagnose(question, world),
    list: () => listNodes(world.clusters),
    history: (name) => nodeHistory(name, world),
    ...remembered,
    get causes() {
      return [...world.engine.knowledge.causes.values()];
    },
    now: systemClock.now,
    clock: systemClock,
    log,
  });
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });
}
