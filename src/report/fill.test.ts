import { expect, test } from "@jest/globals";
import { fill } from "./fill.ts";

test.each<[string, string, Readonly<Record<string, string>>, string]>([
  ["a value", "disk {name} fails", { name: "sda" }, "disk sda fails"],
  ["no value", "disk {name} fails", {}, "disk fails"],
  ["the node's name in a command", "drain NODE", { node: "worker-7" }, "drain worker-7"],
  [
    "a quote that was cut out of err=…",
    "{problem}.",
    { problem: 'did not find expected key"' },
    "did not find expected key.",
  ],
  ["a quoted word stays", "{problem}", { problem: 'unknown field "kindd"' }, 'unknown field "kindd"'],
  ["a value of several lines", "{problem}", { problem: "one\n two" }, "one two"],
])("%s", (_, template, bound, text) => {
  expect(fill(template, bound)).toBe(text);
});
