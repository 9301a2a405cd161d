import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { causeOf, fingerprint } from "./fingerprint.ts";

const values = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxKeys: 5 });
const cause = fc.stringMatching(/^[a-z]+(-[a-z]+)*$/);

describe("fingerprint", () => {
  test("without bound names it is the cause", () => {
    expect(fingerprint("disk-full", [], { mount: "/var" })).toBe("disk-full");
    expect(fingerprint("disk-full", ["mount"], {})).toBe("disk-full");
    expect(fingerprint("disk-full", ["toString"], {})).toBe("disk-full");
  });

  test("is the same in every release: stored incidents are compared with it", () => {
    expect(fingerprint("disk-full", ["mount"], { mount: "/var" })).toBe("disk-full:56b4cfce520259b6");
  });

  test.each([
    ["another value", ["mount"], { mount: "/" }],
    ["another name", ["device"], { device: "/var" }],
    ["one more name", ["mount", "device"], { mount: "/var", device: "sda" }],
    ["text that looks like two values", ["mount"], { mount: '/var","device","sda' }],
  ])("%s is another fingerprint", (_what, names, bound) => {
    expect(fingerprint("disk-full", names, bound)).not.toBe(fingerprint("disk-full", ["mount"], { mount: "/var" }));
  });

  test("neither the order of names, nor doubles, nor a number as text matters", () => {
    const one = fingerprint("x", ["a", "b"], { a: 1, b: "y" });
    expect(fingerprint("x", ["b", "a", "b"], { b: "y", a: "1" })).toBe(one);
  });

  test("whatever a log put into a value, it stays short, plain and of its cause", () => {
    fc.assert(
      fc.property(cause, values, (id, bound) => {
        const print = fingerprint(id, Object.keys(bound), bound);
        expect(print.slice(id.length)).toMatch(/^(:[0-9a-f]{16})?$/);
        expect(causeOf(print)).toBe(id);
      }),
    );
  });
});
