import { existsSync, rmSync } from "node:fs";
import { endGroups, labFolders } from "./host/cgroups.ts";
import { noted } from "./host/ledger.ts";
import { unmountBelow } from "./host/mounts.ts";
import { removeLink, removeNetns } from "./host/network.ts";
import { restoreSysctls } from "./host/sysctls.ts";
import type { Place } from "./place.ts";

/** Undoes everything that was written down, in whatever phase the lab was left, and forgets it last. */
export async function down(place: Place): Promise<void> {
  if (!existsSync(place.state)) return;
  await endGroups(labFolders(place));
  await unmountBelow(place.state);
  for (const entry of [...noted(place)].reverse()) {
    if (entry.kind === "link") await removeLink(entry.name);
    if (entry.kind === "netns") await removeNetns(entry.name);
  }
  restoreSysctls(place);
  rmSync(place.state, { recursive: true });
}
