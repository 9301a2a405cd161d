import type { Documents } from "./documents.ts";
import { openEmbedded } from "./embedded.ts";
import { openMongo } from "./mongo.ts";

export interface StorePlace {
  /** Wins over the folder. Empty counts as not given, as an unset variable in a manifest does. */
  readonly mongodbUri?: string | undefined;
  readonly dir: string;
}

/**
 * The one store this process uses. MongoDB need not be there yet (ask `ready`); a folder must be usable.
 * OperatorError where the URI or the folder cannot be used.
 */
export async function openStore({ mongodbUri, dir }: StorePlace): Promise<Documents> {
  return mongodbUri ? await openMongo({ uri: mongodbUri }) : await openEmbedded({ dir });
}
