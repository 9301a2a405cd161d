import type { Documents } from "../../src/platform/store/documents.ts";

/** One empty store of one kind, and a way to open it once more, as another replica would. */
export interface StoreUnderTest {
  readonly documents: Documents;
  again(): Promise<Documents>;
  /** Closes everything that was opened and removes the data. */
  dispose(): Promise<void>;
}

export type OpenStoreUnderTest = () => Promise<StoreUnderTest>;

/** Runs a test body on a store of its own, which is gone afterwards. */
export function onFreshStore(open: OpenStoreUnderTest, body: (store: StoreUnderTest) => Promise<void>) {
  return async (): Promise<void> => {
    const store = await open();
    try {
      await body(store);
    } finally {
      await store.dispose();
    }
  };
}

/** As many promises as racers, all begun before any is waited for, spread over the given connections. */
export async function race<Answer>(
  racers: number,
  connections: readonly Documents[],
  run: (documents: Documents, racer: number) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const started = Array.from({ length: racers }, (_, racer) => {
    const documents = connections[racer % connections.length];
    if (!documents) throw new Error("a race needs a connection");
    return run(documents, racer);
  });
  return await Promise.all(started);
}
