import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Place } from "../place.ts";
import { note, noted } from "./ledger.ts";

let place: Place;
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "lab-ledger-"));
  place = { state: join(folder, "state"), cache: folder, name: "t", net: "192.0.2" };
});
afterEach(() => rmSync(place.cache, { recursive: true }));

test("a lab that never was has nothing to undo", () => {
  expect(noted(place)).toEqual([]);
});

test("what was noted is read back in order", () => {
  note(place, { kind: "netns", name: "t" });
  note(place, { kind: "sysctl", key: "kernel.panic", before: "0" });
  expect(noted(place).map(({ kind }) => kind)).toEqual(["netns", "sysctl"]);
});

test("a line that a crash cut off stands for nothing made yet", () => {
  note(place, { kind: "netns", name: "t" });
  appendFileSync(join(place.state, "made.jsonl"), '{"kind":"mount","tar');
  expect(noted(place)).toEqual([{ kind: "netns", name: "t" }]);
});

test("a line that is no note is left out: nothing is undone that was not made", () => {
  note(place, { kind: "link", name: "t-host" });
  appendFileSync(join(place.state, "made.jsonl"), '{"kind":"sysctl","key":"../../etc","before":""}\nnull\n');
  expect(noted(place)).toEqual([{ kind: "link", name: "t-host" }]);
});
