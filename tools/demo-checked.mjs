// Runs the demo unattended and closes with a line that CI can count.
import { spawnSync } from "node:child_process";

const { status } = spawnSync(process.execPath, ["bin/node-why.mjs", "demo", "--script"], { stdio: "inherit" });
console.log(status === 0 ? "1 passed, 0 failed" : "0 passed, 1 failed");
process.exit(status ?? 1);
