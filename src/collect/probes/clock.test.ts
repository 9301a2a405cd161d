import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { clock } from "./clock.ts";

const asked = ["date", "-u", "+%Y-%m-%dT%H:%M:%SZ"];

test("measures the node's clock against the collector's", () => {
  expect(valuesOf(clock, "2026-11-21T13:44:39Z", { asked, evidenceAt: "2026-11-21T13:45:39.400Z" })).toEqual({
    "clock.nodeTime": "2026-11-21T13:44:39Z",
    "clock.offsetSeconds": -60,
  });
});

test.each([
  ["date -u", "Sat Nov 21 02:12:12 UTC 2026"],
  [
    "timedatectl",
    "               Local time: Sat 2026-11-21 03:12:12 CET\n           Universal time: Sat 2026-11-21 02:12:12 UTC",
  ],
])("%s in a case is a time, and no measure", (command, text) => {
  const found = valuesOf(clock, text, { asked: [command], evidenceAt: "2026-11-21T02:00:00.000Z" });
  expect(found).toEqual({ "clock.nodeTime": "2026-11-21T02:12:12Z" });
});

test("a local time without a known zone says nothing", () => {
  expect(valuesOf(clock, "Sat Nov 21 02:12:12 IST 2026")).toEqual({});
});
