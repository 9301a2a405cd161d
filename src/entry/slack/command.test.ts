import { expect, test } from "@jest/globals";
import { parseCommand } from "./command.ts";

test.each([
  ["why worker-7", { kind: "why", name: "worker-7" }],
  ["  WHY   worker-7  please", { kind: "why", name: "worker-7" }],
  ["worker-7", { kind: "why", name: "worker-7" }],
  ["prod/worker", { kind: "why", name: "prod/worker" }],
  ["why", { kind: "help" }],
  ["", { kind: "help" }],
  ["list", { kind: "list" }],
  ["history worker-7", { kind: "history", name: "worker-7" }],
  ["causes", { kind: "causes" }],
  ["frobnicate now", { kind: "unknown", word: "frobnicate" }],
])("%j", (text, expected) => {
  expect(parseCommand(text)).toMatchObject(expected);
});
