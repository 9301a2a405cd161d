import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { systemClock } from "../platform/clock.ts";
import { runDemo } from "./demo.ts";
import { realProduct } from "./product-under-test.ts";

let recordings: string;
beforeEach(async () => {
  recordings = await mkdtemp(join(tmpdir(), "node-why-recordings-"));
});
afterEach(() => rm(recordings, { recursive: true }));

async function record(...slugs: readonly string[]): Promise<void> {
  const bundles = fileURLToPath(new URL("../../test/bundles", import.meta.url));
  for (const slug of slugs) await cp(join(bundles, slug), join(recordings, slug), { recursive: true });
}

async function play(): Promise<{ code: number; printed: string }> {
  const printed: string[] = [];
  const io = { out: (text: string) => void printed.push(text) };
  const code = await runDemo({ script: true, io, recordings, clock: systemClock, startProduct: realProduct });
  return { code, printed: printed.join("") };
}

test("the button is pressed and confirmed, the node is mended, and the new answer finds nothing wrong", async () => {
  await record("healthy", "runtime-stopped");
  const { code, printed } = await play();
  expect(code).toBe(0);
  const [, after = ""] = printed.split("presses Fix…");
  expect(after).toContain("sudo systemctl restart containerd.service");
  expect(after).toMatch(/practice-2 \(practice\): restart-runtime SUCCEEDED/);
  expect(after).toContain("practice-2 Ready");
  expect(after).toContain("runtime-stopped (confirmed), lasted");
});
