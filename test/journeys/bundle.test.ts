import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Ports } from "../../src/collect/ports.ts";
import { type PracticeUnderTest, practiceUnderTest } from "../../src/demo/practice/cluster-under-test.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { readBundle, writeBundle } from "../../src/platform/files/bundle/bundle.ts";
import { diagnose } from "../../src/usecases/diagnose.ts";
import { diagnoseMany } from "../../src/usecases/diagnose-many.ts";
import type { World } from "../../src/usecases/ports.ts";
import { realEngine } from "../support/engine.ts";

/** Live nodes over real HTTPS and SSH, saved, and judged again from what was saved. */
const bundles = fileURLToPath(new URL("../bundles/", import.meta.url));
const slugs = ["runtime-stopped", "disk-full", "kubelet-hung", "client-cert-expired"];
let practice: PracticeUnderTest;
let world: World;
let names: readonly string[];
let dir: string;

beforeAll(async () => {
  expect(readdirSync(bundles)).toEqual(expect.arrayContaining(slugs));
  const sets = await Promise.all(
    slugs.map(async (slug) => [await readBundle(join(bundles, slug, "bundle.json.gz")), slug] as const),
  );
  practice = await practiceUnderTest(sets);
  names = practice.cluster.nodes.map(({ name }) => name);
  const cluster = { name: "practice", inventory: [], ports: async () => practice.ports };
  const engine = await realEngine();
  world = { engine, clusters: [cluster], clock: systemClock, incidents: null, memoryProblem: null, deadlineMs: 20_000 };
  dir = mkdtempSync(join(tmpdir(), "node-why-saved-"));
});
afterAll(async () => {
  await practice.close();
  rmSync(dir, { recursive: true });
});

describe("a saved answer", () => {
  test.each(slugs.map((slug, index) => [slug, index] as const))(
    "%s: the same report, byte for byte",
    async (slug, index) => {
      const found = await diagnose({ name: names[index] ?? "", askedBy: "test" }, world);
      if (found.kind !== "report") throw new Error(found.kind);
      const path = join(dir, `${slug}.tgz`);
      await writeBundle(path, found.evidence);
      const { report } = world.engine.judge(await readBundle(path));
      expect(JSON.stringify(report)).toBe(JSON.stringify({ ...found.report, memory: null }));
      expect(report.roots).not.toEqual([]);
      expect(existsSync(path)).toBe(true);
    },
  );
});

test("many nodes: each as if asked alone, the whole cluster read once", async () => {
  const gets: string[] = [];
  const counted: Ports = {
    ...practice.ports,
    kubernetes: {
      get: (path, limits, signal) => {
        gets.push(path);
        return practice.ports.kubernetes.get(path, limits, signal);
      },
    },
  };
  const clusters = [{ name: "practice", inventory: [], ports: async () => counted }];
  const roots: string[][] = [];
  const onFound = (found: Awaited<ReturnType<typeof diagnose>>): void => {
    roots.push(found.kind === "report" ? [...found.report.roots] : []);
  };
  await diagnoseMany({ names, question: { askedBy: "test" }, atOnce: 3, onFound }, { ...world, clusters });
  const alone = await Promise.all(names.map((name) => diagnose({ name, askedBy: "test" }, world)));
  expect(roots).toEqual(alone.map((found) => (found.kind === "report" ? found.report.roots : [])));
  expect(gets.filter((path) => path.startsWith("/api/v1/nodes?resourceVersion"))).toHaveLength(1);
});
