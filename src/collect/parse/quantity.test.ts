import { expect, test } from "@jest/globals";
import { quantity } from "./quantity.ts";

test.each([
  ["250m", 0.25],
  ["4", 4],
  ["1.5Gi", 1_610_612_736],
  ["128974848", 128_974_848],
  ["129M", 129_000_000],
  ["2e3", 2_000],
  ["100n", 1e-7],
])("%s is %d", (text, amount) => {
  expect(quantity(text)).toBeCloseTo(amount, 9);
});

test.each([undefined, "", "-1", "4x", "1ni", "99999999999999999E"])("%s is no quantity", (text) => {
  expect(quantity(text)).toBeUndefined();
});
