import { closeSync, openSync, writeSync } from "node:fs";
import type { Place } from "../place.ts";
import { run } from "./run.ts";
import { setSysctl } from "./sysctls.ts";

const mark = "lab: a new page";
/** A record of /dev/kmsg holds about a thousand bytes. */
const filler = `<6>${mark} ${"-".repeat(900)}\n`;
const batch = 100;
const mostBatches = 1_000;

/**
 * All nodes share the host's kernel log, and each would read of what was broken on others before. It cannot be
 * emptied for those who read /dev/kmsg, so it is written over: the ring holds so much and no more.
 */
export async function freshKernelLog(place: Place): Promise<void> {
  setSysctl(place, "kernel.printk_devkmsg", "on"); // else ten lines, and the rest is dropped
  for (let count = 0; count < mostBatches; count += 1) {
    write(batch);
    const oldest = (await run(["dmesg", "--notime"])).split("\n", 1)[0] ?? "";
    if (oldest.startsWith(mark)) return;
  }
  throw new Error("the kernel's log does not end");
}

/** One write is one record. */
function write(records: number): void {
  const log = openSync("/dev/kmsg", "w");
  try {
    for (let index = 0; index < records; index += 1) writeSync(log, filler);
  } finally {
    closeSync(log);
  }
}
