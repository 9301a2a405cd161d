import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { EvidenceSet } from "../src/evidence/evidence.ts";
import { maskSet } from "../src/evidence/mask/mask.ts";
import { readBundle } from "../src/platform/files/bundle/bundle.ts";
import { realEngine } from "./support/engine.ts";

/** Recordings of real broken nodes: the report must name what was broken, whatever else they show. */
const folder = fileURLToPath(new URL("bundles/", import.meta.url));
const slugs = readdirSync(folder).filter((name) => existsSync(`${folder}${name}/bundle.json.gz`));

interface Expected {
  readonly node: string;
  readonly roots: readonly string[];
  readonly verdict: string;
}
const read = (slug: string): Promise<EvidenceSet> => readBundle(`${folder}${slug}/bundle.json.gz`);
const expected = (slug: string): Expected =>
  JSON.parse(readFileSync(`${folder}${slug}/expect.json`, "utf8")) as Expected;

describe("recorded nodes", () => {
  test("there are at least eight faults and a healthy node", () => {
    expect(slugs.length).toBeGreaterThan(8);
    expect(slugs).toContain("healthy");
  });

  test.each(slugs)("%s", async (slug) => {
    const { report } = (await realEngine()).judge(await read(slug));
    const { node, roots, verdict } = expected(slug);
    expect({ node: report.node, roots: report.roots, verdict: report.verdict }).toEqual({ node, roots, verdict });
  });

  test.each(slugs)("%s: every symptom is explained", async (slug) => {
    const { report } = (await realEngine()).judge(await read(slug));
    expect(report.unexplained).toEqual([]);
  });

  test.each(slugs)("%s: the order in which answers come makes no difference", async (slug) => {
    const { judge } = await realEngine();
    const set = await read(slug);
    const once = JSON.stringify(judge(set).report);
    fc.assert(
      fc.property(fc.shuffledSubarray([...set.items], { minLength: set.items.length }), (items) => {
        expect(JSON.stringify(judge({ ...set, items }).report)).toBe(once);
      }),
      { numRuns: 5 },
    );
  });
});

describe("masked", () => {
  test.each(slugs)("%s: the same roots, and nothing left that says whose node it was", async (slug) => {
    const set = await read(slug);
    const masked = maskSet(set, ["addresses", "names"]);
    const { report } = (await realEngine()).judge(masked);
    const { node, roots, verdict } = expected(slug);
    expect({ roots: report.roots, verdict: report.verdict }).toEqual({ roots, verdict });
    const left = JSON.stringify(masked).match(new RegExp(`.{0,40}(?:\\b${node}\\b|10\\.7[78]\\.0\\.\\d).{0,20}`, "g"));
    expect(left).toBeNull();
    expect(Object.keys(masked.masked ?? {})).toEqual(expect.arrayContaining(["ipv4-address", "node-name"]));
  });
});

describe("without SSH", () => {
  const broken = slugs.filter((slug) => slug !== "healthy");
  test.each(broken)("%s: nothing wrong is confirmed, and the report says that SSH was not read", async (slug) => {
    const set = await read(slug);
    const refused = { kind: "unavailable", reason: "refused", detail: "connection refused" } as const;
    const items = set.items.map((item) => (item.source === "ssh" ? { ...item, answer: refused } : item));
    const { report } = (await realEngine()).judge({ ...set, items });
    const confirmed = report.causes.filter(({ verdict }) => verdict === "confirmed").map(({ id }) => id);
    expect(confirmed.filter((id) => !expected(slug).roots.includes(id))).toEqual([]);
    expect(report.unavailable.some(({ source, reason }) => source === "ssh" && reason === "refused")).toBe(true);
  });
});
