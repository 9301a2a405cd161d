import { describe, expect, test } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import { loadRegistry } from "../../collect/registry.ts";
import { loadSettings } from "../../config/load.ts";
import { clusterSchema, configSchema } from "../../config/schema.ts";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import { OperatorError } from "../../shared/errors.ts";
import { rbacManifests } from "../../usecases/grants/rbac.ts";
import { grantsCommand } from "./grants.ts";

const { probes } = await loadRegistry();
const action = { id: "restart", privileges: [{ argv: ["systemctl", "restart", "x"], timeoutMs: 1_000 }], rules: [] };
const bundle: EvidenceSet = { schema: 1, node: "n1", cluster: "c", at: null, year: null, items: [] };

async function grants(argv: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const ran = { out: "", code: 0 };
  const io = {
    out: (text: string) => {
      ran.out += text;
    },
    err: () => undefined,
    readText: (path: string) => files[path] ?? "",
    listFiles: () => [],
    exit: (code: number) => {
      ran.code = code;
    },
  };
  const config = configSchema.parse({ clusters: [clusterSchema.parse({ name: "c", ssh: { user: "reader" } })] });
  const command = grantsCommand(
    {
      settings: () => ({ ...loadSettings(undefined, {}), config }),
      readBundle: async () => bundle,
      world: () => Promise.reject(new Error("no node was to be asked")),
      grants: async () => ({
        version: "1.2.3",
        probes,
        actions: [action],
        ruleFor: (user, { argv }) => `${user}: ${argv.join(" ")}`,
        defaultsFor: (user) => `Defaults:${user} x`,
      }),
    },
    io,
  );
  for (const each of [command, ...command.commands]) each.exitOverride().configureOutput({ writeErr: () => undefined });
  await command.parseAsync([...argv], { from: "user" });
  return ran;
}

describe("grants rbac", () => {
  test("is YAML that says exactly what was made", async () => {
    const { out } = await grants(["rbac", "--with", "kubelet-api", "--namespace", "ops"]);
    const documents = parseAllDocuments(out);
    if (!("forEach" in documents)) throw new Error("nothing was printed");
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    const request = { name: "node-why", namespace: "ops", with: ["kubelet-api"], execNamespace: null } as const;
    const read: unknown[] = documents.map((document) => document.toJS() as unknown);
    expect(read).toEqual(rbacManifests({ ...request, actions: null }, probes));
  });

  test.each([[["--with", "root"]], [["--name", "a b"]], [["--namespace", "x: y"]]])("%j is refused", async (more) => {
    await expect(grants(["rbac", ...more])).rejects.toMatchObject({ code: "commander.invalidArgument" });
  });
});

describe("grants sudoers", () => {
  test("a rule for each command that needs root, in the reading login's name", async () => {
    const { out } = await grants(["sudoers", "--user", "ops"]);
    const rules = out.split("\n").filter((line) => line.startsWith("ops: "));
    const sure = probes.flatMap(({ via }) =>
      via.source === "ssh" && via.sudo && typeof via.argv !== "function" ? [`ops: ${via.argv.join(" ")}`] : [],
    );
    expect(rules).toEqual(expect.arrayContaining(sure));
    expect(new Set(rules).size).toBe(rules.length);
  });

  test("--acting has the actions' commands and nothing else", async () => {
    const { out } = await grants(["sudoers", "--acting"]);
    expect(out.split("\n").filter((line) => line.startsWith("node-why"))).toEqual([
      "node-why-fix: systemctl restart x",
    ]);
  });

  test("the login that reads is not given what acts", async () => {
    await expect(grants(["sudoers", "--acting", "--user", "reader"])).rejects.toThrow(OperatorError);
  });

  test("a bundle's own words are fewer than those of all flavours", async () => {
    const [all, own] = await Promise.all([grants(["sudoers"]), grants(["sudoers", "--bundle", "b"])]);
    expect(own.out.split("\n").length).toBeLessThan(all.out.split("\n").length);
  });

  test.each(["ALL", "a b", "%wheel", "#0", "a=b", "x\ny"])("%j is no login", async (user) => {
    await expect(grants(["sudoers", "--user", user])).rejects.toMatchObject({ code: "commander.invalidArgument" });
  });

  test("--diff is empty against our own output, and names what came and went", async () => {
    const { out } = await grants(["sudoers", "--acting"]);
    expect(await grants(["sudoers", "--acting", "--diff", "old"], { old: out })).toMatchObject({ code: 0 });
    const older = out.replace("restart x", "restart old");
    const { out: diff, code } = await grants(["sudoers", "--acting", "--diff", "old"], { old: older });
    expect(code).toBe(1);
    expect(diff.split("\n").filter((line) => /^[+-] /.test(line))).toEqual([
      "+ node-why-fix: systemctl restart x",
      "- node-why-fix: systemctl restart old",
    ]);
  });
});
