import { describe, expect, test } from "@jest/globals";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import type { KnowledgeText } from "../../knowledge/compile.ts";
import type { KnowledgeSource } from "../../usecases/load-engine.ts";
import type { CliIo } from "./io.ts";
import { knowledgeCommand, type Workbench } from "./knowledge.ts";

const cause = (id: string, cases = ""): KnowledgeText => ({
  path: `causes/kernel/${id}.yaml`,
  text: `id: ${id}
title: The ${id} broke
area: kernel
maturity: stable
says: it broke
what: It broke.
leads-to: [node-not-ready]
rules:
  - { id: said, weight: proof, says: it broke, when: { log: '${id} broke' }, seen: here }
  - { id: idle, weight: hint, says: it broke, when: { log: '${id} idles' }, seen: here }
sources: [x]
cases:
  - { name: broke, logs: { kernel: ['${id} broke'] }, expect: { verdict: confirmed } }
  - { name: not seen, expect: { verdict: unknown } }
${cases}`,
});
const ours: readonly KnowledgeText[] = [
  { path: "symptoms.yaml", text: "symptoms: [{ id: node-not-ready, title: x, says: x, when: { log: 'NotReady' } }]" },
  cause("widget"),
];
const folders: Readonly<Record<string, readonly KnowledgeText[]>> = {
  right: [cause("gadget")],
  wrong: [{ ...cause("gadget"), text: cause("gadget").text.replace("kernel", "kernle") }],
  thief: [
    {
      ...cause("thief"),
      text: cause("thief").text.replace("log: 'thief broke'", "log: ['thief broke', 'widget broke']"),
    },
  ],
};
const healthy: EvidenceSet = { schema: 1, node: "n", cluster: "c", at: null, year: null, items: [] };

interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number;
  readonly written: Readonly<Record<string, string>>;
}

async function run(...argv: readonly string[]): Promise<Ran> {
  const ran = { out: "", err: "", code: 0, written: {} as Record<string, string> };
  const io: CliIo = {
    out: (text) => {
      ran.out += text;
    },
    err: (text) => {
      ran.err += text;
    },
    readText: () => "",
    listFiles: () => [],
    exit: (code) => {
      ran.code = code;
    },
  };
  const source = async (own: readonly string[]): Promise<KnowledgeSource> => ({
    registry: { probes: [], readers: [], derivations: [] },
    folders: [ours, ...own.map((name) => folders[name] ?? [])],
    actions: [],
    version: "test",
  });
  const workbench: Workbench = {
    source,
    healthy: async () => healthy,
    write: (path, text) => {
      ran.written[path] = text;
    },
  };
  await knowledgeCommand(() => workbench, io)
    .exitOverride()
    .parseAsync(["node", "knowledge", ...argv]);
  return ran;
}

describe("node-why knowledge", () => {
  test("lint is right with 0 and wrong with 2, file and line on standard error", async () => {
    expect(await run("lint", "--knowledge", "right")).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringMatching(/^2 causes/),
    });
    const wrong = await run("lint", "--knowledge", "right", "--knowledge", "wrong");
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/^causes\/kernel\/gadget\.yaml:3: area: /);
  });

  test("lint --coverage names the rules that no case needs; of one's own folders alone where they are given", async () => {
    const all = await run("lint", "--coverage");
    expect([all.code, all.err.match(/widget\.yaml:10:/g)?.length]).toEqual([2, 1]);
    const own = await run("lint", "--coverage", "--knowledge", "right");
    expect([own.code, own.err.match(/\w+\.yaml:\d+:/g)]).toEqual([2, ["gadget.yaml:10:"]]);
    expect(own.out).toMatch(/^2 rules, .* 1;/);
  });

  test("list, show and test see the operator's own causes", async () => {
    const listed = JSON.parse((await run("list", "--json", "--knowledge", "right")).out) as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual(["gadget", "widget"]);
    expect((await run("show", "gadget", "--knowledge", "right")).out).toContain("The gadget broke");
    const tested = JSON.parse((await run("test", "--json", "--knowledge", "right")).out) as { cases: unknown[] };
    expect(tested).toMatchObject({ failed: 0 });
    expect(tested.cases).toHaveLength(4);
  });

  test("matrix tells who stole what, and writes it where asked", async () => {
    const { out, written } = await run("matrix", "--json", "--write", "matrix.json", "--knowledge", "thief");
    const stolen = [{ cause: "widget", root: "thief", cases: ["broke"] }];
    expect(JSON.parse(out)).toEqual({ cases: 2, own: 1, stolen });
    expect(JSON.parse(written["matrix.json"] ?? "")).toEqual({ cases: 2, own: 1, stolen });
    expect((await run("matrix")).out).toMatch(/^1 cases .* 1, .* 0\n$/);
  });

  test("graph draws Mermaid or SVG, and one area", async () => {
    expect((await run("graph")).out).toMatch(/^flowchart LR\n/);
    expect((await run("graph", "--svg")).out).toMatch(/^<svg /);
    expect((await run("graph", "--area", "cni")).out).not.toContain("widget");
  });

  test("a name that is no cause's is refused", async () => {
    await expect(run("show", "gadget")).rejects.toThrow("gadget");
  });
});
