import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { nearestNames, parseName } from "./names.ts";

describe("a name as people type it", () => {
  test.each([
    ["worker-7", { cluster: null, node: "worker-7" }],
    [" Worker-7 ", { cluster: null, node: "worker-7" }],
    ["`worker-7`", { cluster: null, node: "worker-7" }],
    ["prod/ip-10-0-0-1.ec2.internal", { cluster: "prod", node: "ip-10-0-0-1.ec2.internal" }],
  ])("%j", (typed, expected) => {
    expect(parseName(typed)).toEqual(expected);
  });

  test.each(["", "x;rm -rf /", "a/b/c", "../etc", "-rf", "$(id)", "<!channel>", "a b", "x".repeat(300)])(
    "%j is none",
    (typed) => {
      expect(parseName(typed)).toBeNull();
    },
  );

  test("what is accepted holds nothing that a shell, a URL or a flag could be made of", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        const name = parseName(typed);
        if (name !== null) expect(name.node).toMatch(/^[a-z0-9][a-z0-9.-]*$/);
      }),
    );
  });
});

test("the nearest names come first", () => {
  const names = ["worker-1", "worker-7", "master-1", "db"];
  expect(nearestNames("wroker-7", names)[0]).toBe("worker-7");
  expect(nearestNames("completely-else", names)).toEqual([]);
});
