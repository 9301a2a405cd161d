import { Bug } from "../../shared/errors.ts";
import { checkCollection, checkId, checkIndex, toStored } from "./check-document.ts";
import { checkFilter, checkNarrow, checkPage } from "./check-filter.ts";
import type { Documents } from "./documents.ts";

/** Both stores behind the same checks: what passes here means the same in each. */
export function checked(store: Documents): Documents {
  let closed = false;
  const operation = (collection: string): void => {
    if (closed) throw new Bug("the store is closed");
    checkCollection(collection);
  };
  return {
    insert: async (collection, document) => {
      operation(collection);
      return await store.insert(collection, toStored(document));
    },
    get: async (collection, id) => {
      operation(collection);
      checkId(id);
      return await store.get(collection, id);
    },
    find: async (collection, filter, page) => {
      operation(collection);
      checkFilter(filter);
      checkPage(page);
      return await store.find(collection, filter, page);
    },
    count: async (collection, filter) => {
      operation(collection);
      checkFilter(filter);
      return await store.count(collection, filter);
    },
    replaceIfRevision: async (collection, document) => {
      operation(collection);
      return await store.replaceIfRevision(collection, toStored(document));
    },
    deleteWhere: async (collection, filter) => {
      operation(collection);
      checkNarrow(filter);
      return await store.deleteWhere(collection, filter);
    },
    ensureIndex: async (index) => {
      operation(index.collection);
      checkIndex(index);
      await store.ensureIndex(index);
    },
    ready: async () => {
      if (closed) throw new Bug("the store is closed");
      await store.ready();
    },
    describe: () => store.describe(),
    close: async () => {
      if (closed) return;
      closed = true;
      await store.close();
    },
  };
}
