import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readButton, readDialog, writeButton, writeDialog } from "./button-value.ts";

const button = { cluster: "lab", node: "n2", action: "restart-runtime", cause: "runtime-stopped" };

test("what was written is read", () => {
  expect(readButton(writeButton(button))).toEqual(button);
  expect(readDialog(writeDialog({ id: "fix-1", token: "t" }))).toEqual({ id: "fix-1", token: "t" });
});

test("the longest names fit a button", () => {
  const longest = { cluster: "c".repeat(300), node: "n".repeat(253), action: "a".repeat(100), cause: "b".repeat(200) };
  expect(writeButton(longest).length).toBeLessThanOrEqual(2_000);
});

test("anything else is nothing", () => {
  fc.assert(fc.property(fc.anything(), (given) => readButton(given) === null && readDialog(given) === null));
  fc.assert(fc.property(fc.json(), (given) => readButton(given) === null));
  expect(readButton(JSON.stringify({ ...button, more: 1 }))).toBeNull();
});
