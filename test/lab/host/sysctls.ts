import { readFileSync, writeFileSync } from "node:fs";
import type { Place } from "../place.ts";
import { note, noted } from "./ledger.ts";

/** What a kubelet wants and cannot set from inside a node, where /proc/sys is read-only; and room for many nodes' file watches. */
const wanted: Readonly<Record<string, string>> = {
  "vm.overcommit_memory": "1",
  "kernel.panic": "10",
  "kernel.panic_on_oops": "1",
  "fs.inotify.max_user_instances": "2048",
};

const fileOf = (key: string): string => `/proc/sys/${key.replaceAll(".", "/")}`;

export function setSysctls(place: Place): void {
  for (const [key, value] of Object.entries(wanted)) setSysctl(place, key, value);
}

/** Sets one of the host's sysctls; its value before the lab is written down first, and given back by `down`. */
export function setSysctl(place: Place, key: string, value: string): void {
  const before = readFileSync(fileOf(key), "utf8").trim();
  if (before === value) return;
  note(place, { kind: "sysctl", key, before });
  writeFileSync(fileOf(key), `${value}\n`); // printk_devkmsg takes nothing without its end of line
}

/** The oldest note of each key is what the host had. */
export function restoreSysctls(place: Place): void {
  const notes = noted(place).flatMap((entry) => (entry.kind === "sysctl" ? [entry] : []));
  for (const { key, before } of notes.reverse()) writeFileSync(fileOf(key), `${before}\n`);
}
