import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { read } from "./common.ts";
import { hostConfig } from "./config-file.ts";
import { readConfigText } from "./includes.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "node-why-home-"));
  await mkdir(join(home, ".ssh/conf.d"), { recursive: true });
});
afterEach(() => rm(home, { recursive: true }));

async function configOf(files: Readonly<Record<string, string>>, name = "worker-7") {
  for (const [file, text] of Object.entries(files)) await writeFile(join(home, ".ssh", file), text);
  return hostConfig(await readConfigText(join(home, ".ssh/config"), home, read), [name]);
}

describe("what an ssh_config includes", () => {
  test("by pattern, in order, relative to ~/.ssh, and inside a block", async () => {
    const files = {
      config: "Include conf.d/*.conf\nHost worker-*\n Include ~/.ssh/workers\nUser late\n",
      "conf.d/20.conf": "Host worker-7\n User second\n",
      "conf.d/10.conf": "Host worker-7\n User first\n",
      "conf.d/x.bak": "Host *\n User never\n",
      workers: "Port 2222\n",
    };
    expect(await configOf(files)).toMatchObject({ user: "first", port: 2222 });
    expect((await configOf(files, "bastion")).port).toBeUndefined();
  });

  test("itself, or nothing: comes to an end", async () => {
    expect(await configOf({ config: "Include config missing conf.d/*\nUser ops\n" })).toMatchObject({ user: "ops" });
  });
});

describe("a Match block", () => {
  test.each<[string, boolean]>([
    ["Match all", true],
    ["Match exec true", true],
    ["Match user ops", true],
    ["Match host worker-*", true],
    ["Match originalhost bastion,worker-7 user x", true],
    ["Match host bastion", false],
    ["Match Host *.corp exec true", false],
  ])("%s may concern this host: %s", async (line, match) => {
    expect((await configOf({ config: `${line}\n User x\n` })).match).toBe(match);
  });

  test("in a block of others does not", async () => {
    expect((await configOf({ config: "Host bastion\n Include m\n", m: "Match all\n User x\n" })).match).toBe(false);
  });
});
