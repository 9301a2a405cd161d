import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { aliveWords, commandWords, killWords, shellLine } from "../../platform/ssh/command-line.ts";
import { sentLine } from "./command-words.ts";

/** Any words that a command may have: no NUL and no line break. */
const words = fc.array(
  fc
    .oneof(fc.string(), fc.constantFrom("'", "$(id)", "a b", "", "\\'", "sudo", "it's"))
    .map((one) => one.replace(/[\0\r\n]/g, "")),
  { minLength: 1 },
);
const marker = "node-why-0a1b2c";

test("whatever the transport sends is understood as the words it was given", () => {
  fc.assert(
    fc.property(words, fc.boolean(), fc.boolean(), fc.constantFrom("root", "ops"), (rest, sudo, nodeTimeout, user) => {
      const argv = ["crictl", ...rest];
      const command = { argv, sudo, limits: { timeoutMs: 4_200, maxBytes: 1 }, keep: "head" } as const;
      const line = shellLine(commandWords(command, { marker, user, nodeTimeout, ends: "lifeline" }));
      expect(sentLine(line)).toEqual({ kind: "run", marker, argv, seconds: nodeTimeout ? 5 : null });
    }),
  );
});

test("a command that sets its own environment keeps it", () => {
  const argv = ["env", "TZ=UTC", "LC_ALL=C", "systemctl", "show"];
  const command = { argv, sudo: false, limits: { timeoutMs: 1_000, maxBytes: 1 }, keep: "head" } as const;
  for (const nodeTimeout of [true, false]) {
    const line = shellLine(commandWords(command, { marker, user: "root", nodeTimeout, ends: "left" }));
    expect(sentLine(line)).toMatchObject({ argv });
  }
});

test("what the session says on its own account", () => {
  expect(sentLine(shellLine(aliveWords(marker)))).toEqual({ kind: "alive", marker });
  expect(sentLine(shellLine(killWords(marker, 4711, "lifeline")))).toEqual({ kind: "kill", marker, pid: 4711 });
});

describe("anything else is no line of ours", () => {
  test.each([
    "",
    "ls",
    "sh -c 'rm -rf /'",
    "exec 'sh' '-c' 'id' 'x'",
    "exec 'ls' 'unclosed",
    "exec sh -c $(id)",
    "exec 'a''b'\"c\"",
  ])("%s", (line) => expect(sentLine(line)).toBeNull());
});
