import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildBinaries } from "./build/binaries.ts";
import { imageOf } from "./build/images.ts";
import { buildNodeImage } from "./build/node-image.ts";
import { startControlPlane } from "./cluster/control-plane.ts";
import { makePki } from "./cluster/pki.ts";
import { childFolders, enter, makeCgroups } from "./host/cgroups.ts";
import { lives, start } from "./host/daemons.ts";
import { makeNetwork } from "./host/network.ts";
import { requireHost } from "./host/requirements.ts";
import { setSysctls } from "./host/sysctls.ts";
import type { Place } from "./place.ts";

export interface UpWish {
  readonly images: readonly string[];
  /** Debian packages may be added to this host. */
  readonly install: boolean;
  readonly say: (line: string) => void;
}

/** Builds what is missing and starts the control plane; what runs already is left alone. */
export async function up(place: Place, { images, install, say }: UpWish): Promise<void> {
  await requireHost(install);
  makeCgroups(place);
  // From here on this process and what it starts are found by `down`, should it be killed.
  enter(childFolders(place, "up"), process.pid);
  await buildBinaries(place, say);
  for (const image of images) await buildNodeImage(place, imageOf(image), say);
  setSysctls(place);
  await makePki(place);
  await makeNetwork(place);
  writeShim(place);
  await startControlPlane(place);
  startKeeper(place);
}

function startKeeper(place: Place): void {
  if (lives(place, "keeper", "keeper")) return;
  const program = fileURLToPath(new URL("./keeper.ts", import.meta.url));
  start(place, { name: "keeper", group: "keeper", argv: [process.execPath, program], env: environmentOf(place) });
}

/** A command `lab` for the scripts of faults that run on the host. */
function writeShim(place: Place): void {
  const program = fileURLToPath(new URL("./lab.ts", import.meta.url));
  mkdirSync(join(place.state, "bin"), { recursive: true });
  const text = `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`;
  writeFileSync(join(place.state, "bin", "lab"), text, { mode: 0o755 });
}

/** Lets another process find the same lab. */
export function environmentOf(place: Place): Readonly<Record<string, string>> {
  return { LAB: place.state, LAB_CACHE: place.cache, LAB_NAME: place.name, LAB_NET: place.net };
}
