import type { Settings } from "../config/load.ts";
import { type RunningSlack, startSlack } from "../entry/slack/app.ts";
import { systemClock } from "../platform/clock.ts";
import { diagnose } from "../usecases/diagnose.ts";
import { nodeHistory } from "../usecases/history.ts";
import { listNodes } from "../usecases/list-nodes.ts";
import type { World } from "../usecases/ports.ts";
import { composeWorld, loggerOf } from "./world.ts";

/** Runs the bot until it is told to stop; answers that are under way are finished first. */
export async function serve(settings: Settings): Promise<void> {
  const log = loggerOf(settings);
  const { world, close } = await composeWorld(settings);
  const slack = await startBot(settings, world, log);
  log.info(
    { mode: slack.mode, port: slack.port, clusters: world.clusters.map(({ name }) => name) },
    "node-why answers",
  );
  await stopSignal();
  log.info({}, "stopping");
  await slack.stop();
  await close();
}

export function startBot(settings: Settings, world: World, log: ReturnType<typeof loggerOf>): Promise<RunningSlack> {
  return startSlack(settings.config.slack, settings.slack, {
    diagnose: (question) => diagnose(question, world),
    list: () => listNodes(world.clusters),
    history: (name) => nodeHistory(name, world),
    causes: [...world.engine.knowledge.causes.values()],
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
