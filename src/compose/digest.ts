import type { Settings } from "../config/load.ts";
import { fixHistory } from "../platform/store/fix-history.ts";
import type { Digest } from "../report/digest.ts";
import { weeklyDigest } from "../usecases/digest.ts";
import { type Composed, composeWorld } from "./world.ts";

/** Makes the digest of any week; null: of the last full one. */
export function digestMaker(
  settings: Settings,
  { world, memory }: Pick<Composed, "world" | "memory">,
): (week: string | null) => Promise<Digest> {
  const fixes = memory === null ? null : fixHistory(memory.documents);
  return (week) => weeklyDigest(week, { world, fixes, timeZone: settings.config.digest.timezone });
}

/** For the command line: opens the store, makes one digest, lets go of it. */
export async function digestOnce(settings: Settings, week: string | null): Promise<Digest> {
  const composed = await composeWorld(settings);
  try {
    return await digestMaker(settings, composed)(week);
  } finally {
    await composed.close();
  }
}
