import ms from "ms";
import type { Settings } from "../config/load.ts";
import { systemClock } from "../platform/clock.ts";
import { createLogger, logLevels } from "../platform/logger.ts";
import { messageOf, OperatorError } from "../shared/errors.ts";
import type { Engine } from "../usecases/engine.ts";
import { type KnowledgeSource, loadEngine } from "../usecases/load-engine.ts";
import type { World } from "../usecases/ports.ts";
import { type LiveEngine, liveEngine } from "../usecases/reload.ts";
import { clustersOf } from "./clusters.ts";
import { knowledgeSource } from "./knowledge.ts";
import { checkOwners } from "./owners.ts";
import { type Memory, openMemory } from "./store.ts";

/** Everything the use cases are given, made from the settings; `close` lets go of the store. */
export interface Composed {
  readonly world: World;
  /** null: the store cannot be used; `world.memoryProblem` says why. */
  readonly memory: Memory | null;
  /** The engine that the world answers with, and how to read its knowledge anew. */
  readonly live: LiveEngine;
  readonly close: () => Promise<void>;
}

/** A store that cannot be used keeps nobody from an answer; the answer then says that nothing was remembered. */
export async function composeWorld(settings: Settings): Promise<Composed> {
  const live = await loadLive(settings);
  try {
    const memory = await openMemory(settings);
    return { world: worldOf(settings, live, memory, null), memory, live, close: () => memory.documents.close() };
  } catch (thrown) {
    if (!(thrown instanceof OperatorError)) throw thrown;
    const world = worldOf(settings, live, null, messageOf(thrown));
    return { world, memory: null, live, close: async () => undefined };
  }
}

async function loadLive(settings: Settings): Promise<LiveEngine> {
  const read = (): Promise<KnowledgeSource> => knowledgeSource(settings);
  const check = ({ knowledge }: Engine): void =>
    checkOwners(settings.config, [...knowledge.causes.keys()], settings.file);
  const engine = loadEngine(await read());
  check(engine);
  return liveEngine(engine, read, check);
}

function worldOf(settings: Settings, live: LiveEngine, memory: Memory | null, memoryProblem: string | null): World {
  return {
    get engine() {
      return live.engine;
    },
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
