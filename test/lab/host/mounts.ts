import { existsSync, mkdirSync, readFileSync } from "node:fs";
import type { Place } from "../place.ts";
import { note } from "./ledger.ts";
import { attempt, run } from "./run.ts";
import { until } from "./wait.ts";

/** Mounts below the state folder, after it was written down. */
export async function mount(place: Place, target: string, ...argv: readonly string[]): Promise<void> {
  mkdirSync(target, { recursive: true });
  if (mountsBelow(target).includes(target)) return;
  note(place, { kind: "mount", target });
  await run(["mount", ...argv, target]);
}

/** Every mount at or below a folder, newest first. */
export function mountsBelow(folder: string): readonly string[] {
  const targets = readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => (line.split(" ")[4] ?? "").replace(/\\040/g, " "));
  return targets.filter((target) => target === folder || target.startsWith(`${folder}/`)).reverse();
}

/** Takes every mount at or below a folder away, and the loop devices of the images in it. */
export async function unmountBelow(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const done = await until(15, async () => {
    for (const target of mountsBelow(folder)) await attempt(["umount", target]);
    return mountsBelow(folder).length === 0;
  });
  if (done === null) throw new Error(`${mountsBelow(folder).join(", ")} cannot be unmounted`);
  await detachLoops(folder);
}

/** A loop device goes with its mount; one is left where a crash came between the two. */
async function detachLoops(folder: string): Promise<void> {
  for (const { device, file } of await loops()) {
    if (file.startsWith(`${folder}/`)) await attempt(["losetup", "--detach", device]);
  }
}

/** The host's loop devices and the files behind them. */
export async function loops(): Promise<readonly { readonly device: string; readonly file: string }[]> {
  const listed = await run(["losetup", "--list", "--noheadings", "--raw", "--output", "NAME,BACK-FILE"]);
  return listed
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => ({ device: line.split(" ")[0] ?? "", file: line.slice(line.indexOf(" ") + 1) }));
}
