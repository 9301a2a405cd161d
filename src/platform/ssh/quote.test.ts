import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { Bug } from "../../shared/errors.ts";
import { quoteWords } from "./quote.ts";

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."'\"\\$`!*?[]{}()<>|&;~#%= \t-aZ0é\u0007\u001b".split("")), maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replaceAll(/[\0\r\n]/g, "")),
  fc.constantFrom("$(touch /tmp/x)", "`id`", "'; rm -rf /", "-n", "", "\\'", "''"),
);

test("a real shell hands over exactly the words that were quoted", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(word, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 20 }),
      (commands) => {
        const script = commands.map((words) => `printf '%s\\0' ${quoteWords(words)}`).join("\n");
        const printed = execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" });
        expect(printed).toBe(
          commands
            .flat()
            .map((one) => `${one}\0`)
            .join(""),
        );
      },
    ),
    { numRuns: 50 },
  );
});

test.each(["a\0b", "a\nb", "a\rb"])("refuses a word that no shell can be trusted with", (bad) => {
  expect(() => quoteWords(["df", bad])).toThrow(Bug);
});
