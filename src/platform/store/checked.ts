/** Both stores behind the same checks: what passes here means the same in each. */
import { checkCollection, checkId, checkIndex, toStored } from "./check-document.ts";
import { checkFilter, checkNarrow, checkPage } from "./check-filter.ts";
import type { Documents } from "./documents.ts";

export function checked(store: Documents): Documents {
  return {
    ...store,
    insert: async (collection, document) => {
      checkCollection(collection);
      return await store.insert(collection, toStored(document));
    },
    get: async (collection, id) => {
      checkCollection(collection);
      checkId(id);
      return await store.get(collection, id);
    },
    find: async (collection, filter, page) => {
      checkCollection(collection);
      checkFilter(filter);
      checkPage(page);
      return await store.find(collection, filter, page);
    },
    count: async (collection, filter) => {
      checkCollection(collection);
      checkFilter(filter);
      return await store.count(collection, filter);
    },
    replaceIfRevision: async (collection, document) => {
      checkCollection(collection);
      return await store.replaceIfRevision(collection, toStored(document));
    },
    deleteWhere: async (collection, filter) => {
      checkCollection(collection);
      checkNarrow(filter);
      return await store.deleteWhere(collection, filter);
    },
    ensureIndex: async (index) => {
      checkIndex(index);
      await store.ensureIndex(index);
    },
  };
}
