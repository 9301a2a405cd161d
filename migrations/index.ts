import type { Migration } from "../src/platform/store/migrate.ts";
import { memoryIndexes } from "./0001-memory-indexes.ts";

/** In the order they run. A step that was released is never changed: a new one comes after it. */
export const migrations: readonly Migration[] = [memoryIndexes];
