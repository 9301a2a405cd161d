#!/usr/bin/env node
// Starts node-why on a Node that can run it: this one, or the one that came with `npm ci`.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";
import v8 from "node:v8";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [major, minor] = process.versions.node.split(".").map(Number);
const newEnough = major >= 24 || (major === 22 && minor >= 19);

if (newEnough) {
  // V8 lets garbage grow to several times what is in use, since most programs would rather have time than memory.
  v8.setFlagsFromString("--semi-space-growth-factor=1");
  v8.setFlagsFromString("--heap-growing-percent=20");
  // Compiled (and, in a checkout, stripped) modules are kept between runs: an answer is wanted fast.
  module.enableCompileCache?.();
  // A checkout runs its sources as they are; the published package has only dist.
  const entry = existsSync(here("../src/main.ts")) ? "../src/main.ts" : "../dist/src/main.js";
  await import(new URL(entry, import.meta.url).href);
} else {
  const bundled = here("../node_modules/node/bin/node");
  if (!existsSync(bundled) || process.env.NODE_WHY_REEXEC) {
    process.stderr.write(`node-why needs Node 22.19 or later (24 is best); this is ${process.versions.node}.\n`);
    process.exit(2);
  }
  const child = spawnSync(bundled, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, NODE_WHY_REEXEC: "1" },
  });
  process.exit(child.status ?? 1);
}
