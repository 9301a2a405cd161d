import { inOrder } from "../shared/in-order.ts";
import { type Diagnosis, diagnose, type Question } from "./diagnose.ts";
import type { World } from "./ports.ts";
import { sharedReads } from "./shared-reads.ts";

export interface ManyQuestions {
  readonly names: readonly string[];
  readonly question: Omit<Question, "name">;
  /** Nodes read at once, in all clusters together. */
  readonly atOnce: number;
  /** Called in the order of the names, each as soon as those before it are done. */
  readonly onFound: (found: Diagnosis) => void | Promise<void>;
}

/** Asks about several nodes, so many at once; what speaks of the whole cluster is read once for all of them. */
export async function diagnoseMany({ names, question, atOnce, onFound }: ManyQuestions, world: World): Promise<void> {
  const sharing = sharingWorld(world);
  const jobs = names.map((name) => () => diagnose({ ...question, name }, sharing));
  await inOrder(jobs, atOnce, onFound);
}

function sharingWorld(world: World): World {
  const { probes } = world.engine.registry;
  const clusters = world.clusters.map((cluster) => {
    let shared: ReturnType<typeof cluster.ports> | undefined;
    const ports = (): ReturnType<typeof cluster.ports> => {
      shared ??= cluster.ports().then((own) => sharedReads(own, probes));
      return shared;
    };
    return { ...cluster, ports };
  });
  return { ...world, clusters };
}
