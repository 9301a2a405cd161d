import { describe, expect, test } from "@jest/globals";
import { type KnowledgeSource, loadEngine } from "./load-engine.ts";
import { reload, reloadText } from "./reload.ts";

const symptoms = (says: string): { path: string; text: string } => ({
  path: "symptoms.yaml",
  text: `symptoms:
  - { id: node-not-ready, title: NotReady, says: ${says}, when: { log: 'NotReady' } }
`,
});
const cause = {
  path: "causes/kernel/broken.yaml",
  text: `id: broken
title: It broke
area: kernel
maturity: stable
says: it broke
what: It broke.
leads-to: [node-not-ready]
rules: [{ id: said, weight: proof, says: it broke, when: { log: 'it broke' }, seen: here }]
sources: [x]
cases:
  - { name: broke, logs: { kernel: [it broke] }, expect: { verdict: confirmed } }
  - { name: not seen, expect: { verdict: unknown } }
`,
};
const source = (...files: readonly { path: string; text: string }[]): KnowledgeSource => ({
  registry: { probes: [], readers: [], derivations: [] },
  folders: [files],
  actions: [],
  version: "test",
});

describe("a reload", () => {
  const current = loadEngine(source(symptoms("NotReady"), cause));

  test("of the same files changes nothing", () => {
    expect(reload(current, source(symptoms("NotReady"), cause))).toEqual({ kind: "same", engine: current });
  });

  test("of right files answers from them", () => {
    const outcome = reload(current, source(symptoms("down"), cause));
    expect(outcome).toMatchObject({ kind: "changed", from: current.knowledge.digest });
    expect(outcome.engine.knowledge.symptoms.get("node-not-ready")?.says).toBe("down");
    expect(
      outcome.engine.judge({ schema: 1, node: null, cluster: null, at: null, year: null, items: [] }),
    ).toBeDefined();
  });

  test.each<[string, string, number]>([
    ["a pattern that is not of RE2", cause.text.replace("log: 'it broke'", "log: '(?=it) broke'"), 8],
    ["an unknown fact", cause.text.replace("log: 'it broke'", "fact: it.broke, is: true"), 8],
    ["no YAML", "{{{{", 1],
    ["a NUL", cause.text.replace("It broke.", "It\0broke."), 6],
    ["nothing", "", 1],
  ])("of a file with %s keeps the old knowledge and says why", (_, text, line) => {
    const outcome = reload(current, source(symptoms("NotReady"), { ...cause, text }));
    expect(outcome).toMatchObject({ kind: "kept", engine: current });
    expect(reloadText(outcome)).toContain(`${cause.path}:${line}: `);
    expect(reloadText(outcome)).toContain(current.knowledge.digest);
  });
});
