import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { boots } from "./boots.ts";

/** systemd 252. */
const sample = `-1 1a434e246cc24b6e83c5db585550c463 Sat 2026-11-21 01:11:27 UTC Sat 2026-11-21 02:01:07 UTC
 0 3a434e246cc24b6e83c5db585550c463 Sat 2026-11-21 02:11:27 UTC Sat 2026-11-21 02:12:07 UTC`;

test("reads the boots on record", () => {
  expect(valuesOf(boots, sample)).toEqual({
    "boot.count": 2,
    "boot.id": "3a434e24-6cc2-4b6e-83c5-db585550c463",
    "boot.previousEnd": "2026-11-21T02:01:07Z",
    "journal.firstEntry": "2026-11-21T02:11:27Z",
  });
});

/** systemd 249 writes a dash between the two stamps. */
test("reads the older form; without an earlier boot there is no end of it", () => {
  const text = " 0 3a434e246cc24b6e83c5db585550c463 Sat 2026-11-21 02:11:27 UTC—Sat 2026-11-21 02:12:07 UTC";
  expect(valuesOf(boots, text)).toMatchObject({
    "boot.count": 1,
    "boot.previousEnd": null,
    "journal.firstEntry": "2026-11-21T02:11:27Z",
  });
});

test("no table, no facts", () => {
  expect(valuesOf(boots, "No journal files were found.")).toEqual({});
});

test("asked about a time in the past, the boot is the one that ran then", () => {
  expect(valuesOf(boots, sample, { at: "2026-11-21T01:30:00.000Z" })).toMatchObject({
    "boot.id": "1a434e24-6cc2-4b6e-83c5-db585550c463",
    "boot.previousEnd": null,
    "journal.firstEntry": "2026-11-21T01:11:27Z",
  });
  expect(valuesOf(boots, sample, { at: "2026-11-21T03:00:00.000Z" })).toMatchObject({
    "boot.previousEnd": "2026-11-21T02:01:07Z",
  });
});
