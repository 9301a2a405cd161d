import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Documents } from "../../src/platform/store/documents.ts";
import { openEmbedded } from "../../src/platform/store/embedded.ts";
import type { StoreUnderTest } from "./store-under-test.ts";

export async function openEmbeddedUnderTest(): Promise<StoreUnderTest & { readonly dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), "node-why-store-"));
  const opened: Documents[] = [];
  const again = async (): Promise<Documents> => {
    const documents = await openEmbedded({ dir });
    opened.push(documents);
    return documents;
  };
  const dispose = async (): Promise<void> => {
    for (const documents of opened) await documents.close();
    await rm(dir, { recursive: true });
  };
  return { dir, documents: await again(), again, dispose };
}

/** A folder for one test body, removed afterwards. */
export function inFreshFolder(body: (dir: string) => Promise<void>) {
  return async (): Promise<void> => {
    const dir = await mkdtemp(join(tmpdir(), "node-why-store-"));
    try {
      await body(dir);
    } finally {
      await rm(dir, { recursive: true });
    }
  };
}
