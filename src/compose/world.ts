import ms from "ms";
import type { Settings } from "../config/load.ts";
import { systemClock } from "../platform/clock.ts";
import { createLogger, type LogLevel, logLevels } from "../platform/logger.ts";
import { openEmbedded } from "../platform/store/embedded.ts";
import { incidentStore } from "../platform/store/incidents.ts";
import { loadEngine } from "../usecases/load-engine.ts";
import type { World } from "../usecases/ports.ts";
import { clustersOf } from "./clusters.ts";
import { knowledgeSource } from "./knowledge.ts";

/** Everything the use cases are given, made from the settings; `close` lets go of the store. */
export interface Composed {
  readonly world: World;
  readonly close: () => Promise<void>;
}

export async function composeWorld(settings: Settings): Promise<Composed> {
  const engine = loadEngine(await knowledgeSource(settings));
  const documents = await openEmbedded({ dir: settings.storeDir });
  return {
    world: {
      engine,
      clusters: clustersOf(settings),
      clock: systemClock,
      incidents: incidentStore(documents),
      deadlineMs: ms(settings.config.deadline as ms.StringValue),
    },
    close: () => documents.close(),
  };
}

export function loggerOf(settings: Settings): ReturnType<typeof createLogger> {
  const level = logLevels.find((each) => each === settings.logLevel) ?? "info";
  return createLogger(level satisfies LogLevel);
}
