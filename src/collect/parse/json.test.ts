import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { jsonIn } from "./json.ts";

test.each([
  ["alone", '{"a":1}', { a: 1 }],
  ["after a prompt and before a status", '$ crictl info\n{"a":"}]{"}\nrc=0\n[exit 0]', { a: "}]{" }],
  ["the first of two", '{"a":"\\""}\n{"b":2}', { a: '"' }],
  ["cut", '{"a":[1,2', undefined],
  ["none", "hello { world }", undefined],
  ["not JSON after all", "{a:1}", undefined],
])("%s", (_, text, found) => {
  expect(jsonIn(text)).toEqual(found);
});

test("finds any object whatever stands around it", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.stringMatching(/^[a-z$ ]{0,20}$/), (given, around) => {
      const text = JSON.stringify(given);
      expect(jsonIn(`${around}\n${text}\n${around}`)).toEqual(JSON.parse(text));
    }),
  );
});
