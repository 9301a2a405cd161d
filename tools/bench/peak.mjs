// Preloaded (`node --import`): says on the fourth descriptor how much memory the process had at most, bytes.
import { readFileSync, writeSync } from "node:fs";

process.on("exit", () => writeSync(3, String(most())));

/** Linux counts what the process was before exec in `maxRSS`, and so the memory of whoever started it. */
function most() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
