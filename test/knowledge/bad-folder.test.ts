import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { loadRegistry } from "../../src/collect/registry.ts";
import type { KnowledgeText } from "../../src/knowledge/compile.ts";
import { readKnowledgeFolder } from "../../src/platform/files/knowledge-folder.ts";
import { OperatorError } from "../../src/shared/errors.ts";
import { type KnowledgeSource, lintAll, loadEngine, problemText } from "../../src/usecases/load-engine.ts";

/** An operator's own folder beside ours, wrong in every way one can be wrong: file, line and reason, never a crash. */
const shipped = fileURLToPath(new URL("../../knowledge", import.meta.url));
let own: string;
beforeEach(() => {
  own = mkdtempSync(join(tmpdir(), "node-why-own-"));
});
afterEach(() => rmSync(own, { recursive: true }));

const cause = (id: string, more = "", leadsTo = "node-not-ready"): string => `id: ${id}
title: It broke
area: kernel
maturity: stable
says: it broke
what: It broke.
leads-to: [${leadsTo}]
rules:
  - id: said
    weight: proof
    says: it broke
    when: { log: 'the ${id} broke' }
    seen: here
sources: [x]
cases:
  - { name: broke, logs: { kernel: ['the ${id} broke'] }, expect: { verdict: confirmed } }
  - { name: not seen, expect: { verdict: unknown } }
${more}`;

function put(name: string, content: string | Uint8Array): void {
  const path = join(own, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** As small as ours can be, and right. */
const small = (): readonly KnowledgeText[] => [
  { path: "symptoms.yaml", text: "symptoms: [{ id: node-not-ready, title: x, says: x, when: { log: 'NotReady' } }]" },
  { path: "causes/kernel/base.yaml", text: cause("base") },
];

async function source(ours = small()): Promise<KnowledgeSource> {
  const folders = [ours, readKnowledgeFolder(own)];
  return { registry: await loadRegistry(), folders, actions: ["restart-kubelet", "restart-runtime"], version: "test" };
}

async function problems(): Promise<readonly string[]> {
  return lintAll(await source()).problems.map(problemText);
}

describe("an operator's own folder", () => {
  test("that is right adds to ours", async () => {
    put("widget.yaml", cause("widget"));
    expect(lintAll(await source(readKnowledgeFolder(shipped))).problems).toEqual([]);
  });

  const log = "when: { log: 'the widget broke' }";
  test.each<[string, string, RegExp]>([
    [
      "an unknown fact",
      cause("widget").replace(log, "when: { fact: node.redy, is: x }"),
      /:12: .*node\.redy.*node\.ready/,
    ],
    [
      "a pattern RE2 cannot run",
      cause("widget").replace("the widget broke' }", "the (?=widget) broke' }"),
      /:9: .*linear/,
    ],
    ["a back reference", cause("widget").replace("the widget broke' }", "(the) widget \\1' }"), /:9: .*linear/],
    ["a wrong type", cause("widget").replace("rules:\n", "rules: 7\nrule:\n"), /:8: rules: /],
    ["a number for a text", cause("widget").replace("title: It broke", "title: 7"), /:2: title: /],
    ["an unknown weight", cause("widget").replace("weight: proof", "weight: prof"), /:10: rules\.0\.weight: .*"proof"/],
    ["a key twice", cause("widget", "title: Again\n"), /:\d+: .*unique/],
    ["a tab for an indent", cause("widget").replace("  - id: said", "\t- id: said"), /:9: /],
    ["a list for a cause", "- a\n- b\n", /:1: /],
    ["nothing", "", /:1: /],
    ["only a remark", "# nothing yet\n", /:1: /],
    ["text", "the disk is full", /:1: /],
    ["a NUL", cause("widget").replace("It broke.", "It\0broke."), /:6: .*U\+0000/],
    [
      "an alias bomb",
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${"*a,".repeat(9)}]\nc: [${"*b,".repeat(9)}]\n`,
      /:1: .*alias/,
    ],
    ["more than half a megabyte", cause("widget", `# ${"x".repeat(600_000)}\n`), /:1: larger/],
    ["a prototype for a key", cause("widget", "__proto__: { polluted: true }\n"), /:\d+: .*__proto__/],
  ])("with %s: file, line and reason", async (_, text, reason) => {
    put("widget.yaml", text);
    const found = await problems();
    expect(found.filter((each) => each.startsWith("widget.yaml") && reason.test(each)).length).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("with bytes that are not UTF-8", async () => {
    const [head = "", tail = ""] = cause("widget").split("It broke.");
    put("widget.yaml", Buffer.concat([Buffer.from(head), Buffer.from([0xff, 0xfe]), Buffer.from(tail)]));
    expect(await problems()).toEqual([expect.stringMatching(/^widget\.yaml:6: .*not UTF-8/)]);
  });

  test("with an id used twice, and with edges in a circle", async () => {
    put("one/widget.yaml", cause("widget", "", "gadget"));
    put("kernel/widget.yaml", cause("widget", "", "gadget"));
    put("kernel/gadget.yaml", cause("gadget", "", "node-not-ready, widget"));
    const found = await problems();
    expect(found).toContain("one/widget.yaml:1: a second cause or symptom with the id widget");
    expect(found.filter((each) => /^\w+\/(widget|gadget)\.yaml:7: .*circle: \w+ > \w+ > \w+$/.test(each))).toHaveLength(
      1,
    );
  });

  test("stops the start and names each problem", async () => {
    put("widget.yaml", cause("widget").replace(log, "when: { fact: node.redy, is: x }"));
    const all = await source();
    expect(() => loadEngine(all)).toThrow(OperatorError);
    expect(() => loadEngine(all)).toThrow(/^widget\.yaml:12: /);
  });

  test("that is not there, or leads elsewhere by a link", () => {
    expect(() => readKnowledgeFolder(join(own, "nowhere"))).toThrow(OperatorError);
    symlinkSync("/etc/hostname", join(own, "outside.yaml"));
    expect(() => readKnowledgeFolder(own)).toThrow(OperatorError);
  });

  test("with ten thousand causes is read and linted while one waits", async () => {
    for (let index = 0; index < 10_000; index += 1) put(`kernel/widget-${index}.yaml`, cause(`widget-${index}`));
    const { compiled, problems: found } = lintAll(await source());
    expect(found).toEqual([]);
    expect(compiled.knowledge.causes.size).toBe(10_001);
  }, 90_000);

  test("with a chain of three thousand causes, and one of as many wrong names", async () => {
    for (let index = 0; index < 3_000; index += 1) {
      put(
        `kernel/link-${index}.yaml`,
        cause(`link-${index}`, "", index < 2_999 ? `link-${index + 1}` : "node-not-ready"),
      );
      put(`kernel/lost-${index}.yaml`, cause(`lost-${index}`, "", `nod-not-redy-${index}`));
    }
    const { problems: found } = lintAll(await source());
    expect(found.filter(({ file }) => file.includes("link-"))).toEqual([]);
    expect(new Set(found.map(({ file }) => file)).size).toBe(3_000);
  }, 90_000);
});
