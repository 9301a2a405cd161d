import ms from "ms";
import type { Settings } from "../config/load.ts";
import { systemClock } from "../platform/clock.ts";
import { createLogger, logLevels } from "../platform/logger.ts";
import { messageOf, OperatorError } from "../shared/errors.ts";
import type { Engine } from "../usecases/engine.ts";
import { loadEngine } from "../usecases/load-engine.ts";
import type { World } from "../usecases/ports.ts";
import { clustersOf } from "./clusters.ts";
import { knowledgeSource } from "./knowledge.ts";
import { checkOwners } from "./owners.ts";
import { type Memory, openMemory } from "./store.ts";

/** Everything the use cases are given, made from the settings; `close` lets go of the store. */
export interface Composed {
  readonly world: World;
  /** null: the store cannot be used; `world.memoryProblem` says why. */
  readonly memory: Memory | null;
  readonly close: () => Promise<void>;
}

/** A store that cannot be used keeps nobody from an answer; the answer then says that nothing was remembered. */
export async function composeWorld(settings: Settings): Promise<Composed> {
  const engine = loadEngine(await knowledgeSource(settings));
  checkOwners(settings.config, [...engine.knowledge.causes.keys()], settings.file);
  try {
    const memory = await openMemory(settings);
    return { world: worldOf(settings, engine, memory, null), memory, close: () => memory.documents.close() };
  } catch (thrown) {
    if (!(thrown instanceof OperatorError)) throw thrown;
    return { world: worldOf(settings, engine, null, messageOf(thrown)), memory: null, close: async () => undefined };
  }
}

function worldOf(settings: Settings, engine: Engine, memory: Memory | null, memoryProblem: string | null): World {
  return {
    engine,
    clusters: clustersOf(settings),
    clock: systemClock,
    incidents: memory?.incidents ?? null,
    memoryProblem,
    owners: settings.config.owners,
    deadlineMs: ms(settings.config.deadline as ms.StringValue),
  };
}

export function loggerOf(settings: Settings): ReturnType<typeof createLogger> {
  return createLogger(logLevels.find((each) => each === settings.logLevel) ?? "info");
}
