import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { compileKnowledge } from "../../src/knowledge/compile.ts";
import { lintKnowledge } from "../../src/knowledge/lint.ts";
import { areas } from "../../src/knowledge/schema.ts";
import { newCause, skeleton } from "../../tools/new-cause.ts";

describe("a new cause", () => {
  test.each(areas)("its skeleton in %s parses, and lint names every line that is still to be written", (area) => {
    const text = skeleton(area, "my-cause");
    const compiled = compileKnowledge([[{ path: `causes/${area}/my-cause.yaml`, text }]]);
    expect(compiled.problems).toEqual([]);
    const problems = lintKnowledge(compiled, { vocabulary: new Map(), actions: [] });
    const unwritten = text.split("\n").flatMap((line, index) => (/TODO/.test(line) ? [index + 1] : []));
    const named = problems.map(({ line }) => line);
    expect(unwritten.filter((line) => !named.includes(line))).toEqual([]);
    const empty = problems.filter(({ message }) => message.includes("neither facts nor log lines"));
    expect(empty).toHaveLength(2);
  });

  describe("written by the tool", () => {
    let dir: string;
    beforeEach(() => {
      dir = mkdtempSync(join(tmpdir(), "node-why-new-"));
      for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, "write").mockReturnValue(true);
    });
    afterEach(() => {
      jest.restoreAllMocks();
      rmSync(dir, { recursive: true });
    });

    test("lies where lint wants it, and is never overwritten", () => {
      expect(newCause(["kernel", "my-cause"], dir)).toBe(0);
      const path = join(dir, "causes/kernel/my-cause.yaml");
      expect(readFileSync(path, "utf8")).toBe(skeleton("kernel", "my-cause"));
      expect(newCause(["kernel", "my-cause"], dir)).toBe(2);
    });

    test.each([
      ["kernle", "my-cause"],
      ["kernel", "../../escape"],
      ["kernel", "My Cause"],
      ["kernel", ""],
      ["", ""],
    ])("area %j and id %j are refused", (area, id) => {
      expect(newCause([area, id], dir)).toBe(2);
    });
  });
});
