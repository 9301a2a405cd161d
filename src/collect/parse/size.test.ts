import { expect, test } from "@jest/globals";
import { kibibytes } from "./size.ts";

test.each([
  ["76K", "K", 76],
  ["1.5G", "K", 1_572_864],
  ["1,5G", "K", 1_572_864],
  ["23Gi", "K", 24_117_248],
  ["0B", "K", 0],
  ["24105", "M", 24_683_520],
  ["2048", "B", 2],
  ["512.0M", "B", 524_288],
] as const)("%s in %s is %d KiB", (text, unit, kib) => {
  expect(kibibytes(text, unit)).toBe(kib);
});

test.each(["", "-", "x", "1.2.3G", "12Q"])("%j is no size", (text) => {
  expect(kibibytes(text)).toBeUndefined();
});
