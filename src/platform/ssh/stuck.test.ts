import { expect, test } from "@jest/globals";
import type { Command } from "../../collect/ports.ts";
import { stuckOf } from "./stuck.ts";

const command = (more: Partial<Command> = {}): Command => ({
  argv: ["/usr/bin/crictl", "info"],
  sudo: false,
  limits: { timeoutMs: 1_000, maxBytes: 1_000 },
  keep: "head",
  ...more,
});
const tail = "0 -1 4194304 0";

// /proc/PID/stat of Linux 6.1: pid (comm) state ppid pgrp session tty …
test.each<[string, string, Partial<Command>, readonly number[]]>([
  ["of its process group", `412 (df) D 1 400 400 ${tail}`, {}, [412]],
  ["of its session", `413 (df) D 1 401 400 ${tail}`, {}, [413]],
  ["another's", `414 (crictl) D 1 77 77 ${tail}`, {}, []],
  ["through sudo, by its name", `415 (crictl) D 1 77 77 ${tail}`, { sudo: true }, [415]],
  [
    "a long name is cut by the kernel",
    `416 (a-very-long-nam) D 1 7 7 ${tail}`,
    { sudo: true, argv: ["a-very-long-name-x"] },
    [416],
  ],
  ["a name that looks like numbers", `417 (x) D 1 400 400 (y) D 1 7 7 ${tail}`, {}, []],
  ["one that is not stuck", `418 (x) D 1) S 1 400 400 ${tail}`, {}, []],
  ["nonsense", "419 (x", {}, []],
])("a process in state D: %s", (_, line, more, pids) => {
  expect(stuckOf(`8b1e-boot\n${line}\n`, 400, command(more))).toEqual({ bootId: "8b1e-boot", pids });
});

test("nothing said", () => expect(stuckOf("", 400, command())).toEqual({ bootId: "", pids: [] }));
