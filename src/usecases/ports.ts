import type { Clock, Ports } from "../collect/ports.ts";
import type { IncidentStore } from "../remember/incident-store.ts";
import type { OwnerRule } from "../report/owners.ts";
import type { Engine } from "./engine.ts";

/** One cluster as the use cases see it. */
export interface ClusterAccess {
  readonly name: string;
  readonly ports: () => Promise<Ports>;
  /** Hosts that may have no Node object. */
  readonly inventory: readonly string[];
}

/** What the use cases are given; entries call them and never look inside. */
export interface World {
  readonly engine: Engine;
  readonly clusters: readonly ClusterAccess[];
  readonly clock: Clock;
  /** null: nothing is remembered, and the answer says so. */
  readonly incidents: IncidentStore | null;
  /** Why nothing can be remembered; null: it can, or no store is wanted. */
  readonly memoryProblem: string | null;
  readonly deadlineMs: number;
  /** Who answers for what, as the config says; left out: as the causes' files say. */
  readonly owners?: readonly OwnerRule[];
}
