import { hostname } from "node:os";
import { migrations } from "../../migrations/index.ts";
import type { Settings } from "../config/load.ts";
import { systemClock } from "../platform/clock.ts";
import type { Documents } from "../platform/store/documents.ts";
import { incidentStore } from "../platform/store/incidents.ts";
import { migrate } from "../platform/store/migrate.ts";
import { openStore } from "../platform/store/open.ts";
import type { IncidentStore } from "../remember/incident-store.ts";

/** The store of this process, and memory on it. */
export interface Memory {
  readonly documents: Documents;
  readonly incidents: IncidentStore;
  /** Brings the store to this version's form; runs once, and again only after it failed. */
  readonly migrated: () => Promise<readonly string[]>;
}

/** Opens what is configured. MongoDB may be away: each use then says so, and the next one tries again. */
export async function openMemory(settings: Settings): Promise<Memory> {
  const documents = await openStore({ mongodbUri: settings.mongodbUri ?? undefined, dir: settings.storeDir });
  const holder = `${hostname()}-${process.pid}`;
  let running: Promise<readonly string[]> | undefined;
  const migrated = (): Promise<readonly string[]> => {
    running ??= migrate(documents, migrations, { holder, now: systemClock.now }).catch((thrown: unknown) => {
      running = undefined;
      throw thrown;
    });
    return running;
  };
  return { documents, incidents: afterMigration(incidentStore(documents), migrated), migrated };
}

function afterMigration(store: IncidentStore, migrated: () => Promise<unknown>): IncidentStore {
  return {
    openFor: async (...args) => {
      await migrated();
      return store.openFor(...args);
    },
    record: async (...args) => {
      await migrated();
      return store.record(...args);
    },
    history: async (...args) => {
      await migrated();
      return store.history(...args);
    },
    byCause: async (...args) => {
      await migrated();
      return store.byCause(...args);
    },
    between: async function* (from, to) {
      await migrated();
      yield* store.between(from, to);
    },
  };
}
