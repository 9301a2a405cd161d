import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { grantSource } from "../../src/compose/grants.ts";
import { loadSettings } from "../../src/config/load.ts";
import { grantsCommand } from "../../src/entry/cli/grants.ts";
import type { CliIo } from "../../src/entry/cli/io.ts";

/** The generated files before the real visudo: it knows what sudo would take. */

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "node-why-sudoers-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

async function grants(...argv: readonly string[]): Promise<string> {
  let out = "";
  const never = (): never => {
    throw new Error("not needed here");
  };
  const io: CliIo = {
    out: (text) => {
      out += text;
    },
    err: never,
    readText: never,
    listFiles: never,
    exit: never,
  };
  const ports = { grants: grantSource, settings: () => loadSettings(undefined, {}), readBundle: never, world: never };
  await grantsCommand(ports, io).parseAsync([...argv], { from: "user" });
  return out;
}

/** cvtsudoers shows what sudo itself has understood. */
function understood(file: string): readonly string[] {
  const { stdout } = spawnSync("cvtsudoers", ["-f", "json", file], { encoding: "utf8" });
  const { User_Specs = [] } = JSON.parse(stdout) as {
    User_Specs?: { Cmnd_Specs: { Commands: { command: string }[] }[] }[];
  };
  return User_Specs.flatMap((spec) => spec.Cmnd_Specs.flatMap((each) => each.Commands.map(({ command }) => command)));
}

test.each([[[]], [["--acting"]], [["--user", "odd.user-1"]]])("sudoers %j", async (more) => {
  const text = await grants("sudoers", ...more);
  const file = join(dir, "sudoers");
  writeFileSync(file, text, { mode: 0o440 });
  expect(spawnSync("visudo", ["-cf", file], { encoding: "utf8" })).toMatchObject({ status: 0 });
  const rules = text.split("\n").filter((line) => line.includes("NOPASSWD"));
  const commands = understood(file);
  expect(commands).toHaveLength(rules.length);
  for (const command of commands) {
    expect(command).toMatch(/^\/usr\/bin\/timeout -k 1 \d+ \S/);
    expect(command.replace(/\\./g, "")).not.toMatch(/[*?[\]]/); // nothing left that sudo would take for a pattern
    if (/journalctl/.test(command)) expect(command).toContain("--no-pager");
  }
});
