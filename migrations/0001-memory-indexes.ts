import type { IndexSpec } from "../src/platform/store/documents.ts";
import type { Migration } from "../src/platform/store/migrate.ts";

/** Each index and the question it answers. */
const indexes: readonly (IndexSpec & { readonly question: string })[] = [
  {
    collection: "incidents",
    name: "by_node",
    paths: ["cluster", "node", "openedAt"],
    question: "What happened to this node before, newest first?",
  },
  {
    collection: "incidents",
    name: "by_root",
    paths: ["roots", "openedAt"],
    question: "Where else was this the root cause, newest first?",
  },
  {
    collection: "incidents",
    name: "by_opened",
    paths: ["openedAt"],
    question: "What opened in this week?",
  },
  {
    collection: "actions",
    name: "by_node",
    paths: ["cluster", "node", "proposedAt"],
    question: "What was done to this node before, newest first?",
  },
  {
    collection: "claims",
    name: "by_end",
    paths: ["leaseUntil"],
    question: "Which claims ended so long ago that nobody asks for them any more?",
  },
];

export const memoryIndexes: Migration = {
  id: "0001-memory-indexes",
  up: async (documents) => {
    for (const { collection, name, paths } of indexes) await documents.ensureIndex({ collection, name, paths });
  },
};
