import { describe, expect, test } from "@jest/globals";
import type { Vocabulary } from "../facts/fact.ts";
import { compileKnowledge } from "./compile.ts";
import { lintKnowledge } from "./lint.ts";

/** A folder that is right, and what changes it. */
const vocabulary: Vocabulary = new Map([
  ["disk.used", { type: "number", says: "How full it is." }],
  ["mounts", { type: "rows", says: "What is mounted.", columns: ["path", "options"] }],
]);

const symptoms = `symptoms:
  - id: node-not-ready
    title: NotReady
    says: NotReady
    when: { fact: disk.used, above: 99 }
`;

const cause = `id: disk-full
title: The disk is full
area: filesystem
maturity: stable
says: the disk is full
what: It is full.
leads-to: [node-not-ready]
rules:
  - id: no-space
    weight: proof
    says: no space
    when: { log: 'no space left on device' }
    seen: everywhere
fixes:
  - action: restart-kubelet
    says: Restart
    steps: [{ argv: [systemctl, restart, kubelet] }]
    risk: low
    verify: it runs
sources: [x]
cases:
  - name: full
    logs: { kubelet: ['no space left on device'] }
    expect: { verdict: confirmed }
  - name: not seen
    expect: { verdict: unknown }
`;

const path = "causes/filesystem/disk-full.yaml";
const lintFiles = (files: Readonly<Record<string, string>>): readonly string[] => {
  const folder = Object.entries(files).map(([name, text]) => ({ path: name, text }));
  const problems = lintKnowledge(compileKnowledge([folder]), { vocabulary, actions: ["restart-kubelet"] });
  return problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);
};
const lintCause = (from: string, to: string): readonly string[] =>
  lintFiles({ "symptoms.yaml": symptoms, [path]: cause.replace(from, to) });

describe("lint", () => {
  test("finds nothing in a folder that is right", () => {
    expect(lintFiles({ "symptoms.yaml": symptoms, [path]: cause })).toEqual([]);
  });

  test("texts still to be written, and cases that show nothing", () => {
    expect(lintCause("says: no space", "says: TODO, in words")).toEqual([
      `${path}:11: rules.0.says is still to be written`,
    ]);
    const empty = `- name: nothing\n    expect: { verdict: absent }\n  - name: not seen`;
    expect(lintCause("- name: not seen", empty)).toEqual([
      `${path}:25: the case "nothing" shows neither facts nor log lines`,
    ]);
  });

  const fact = (condition: string): string => `when: ${condition}`;
  const rule = "when: { log: 'no space left on device' }";
  test.each<[string, string, string, number, RegExp]>([
    ["an unknown fact", rule, fact("{ fact: disk.usd, above: 9 }"), 12, /disk\.usd.*disk\.used/],
    [
      "a fact to compare with",
      rule,
      fact("{ fact: disk.used, above: { fact: disk.use } }"),
      12,
      /disk\.use;.*disk\.used/,
    ],
    ["an unknown column", rule, fact("{ fact: mounts, some: { pth: / } }"), 12, /pth.*path/],
    ["rows of a number", rule, fact("{ fact: disk.used, some: { path: / } }"), 12, /disk\.used has no rows/],
    ["an unknown symptom", rule, fact("{ symptom: node-not-redy }"), 12, /node-not-redy.*node-not-ready/],
    ["a value pattern", rule, fact("{ fact: mounts, some: { path: { matches: '(?=a)b' } } }"), 12, /linear-time/],
    ["a value pattern for all", rule, fact("{ fact: mounts, some: { path: { matches: 'a*' } } }"), 12, /empty string/],
    ["a group nobody names", rule, fact("{ log: 'device (?P<disk>sd.) gone', where: { dsk: sda } }"), 12, /dsk.*disk/],
    ["a pattern not of RE2", rule, fact("{ log: '(?=a)lookahead' }"), 9, /linear-time/],
    ["a pattern without fixed text", rule, fact("{ log: '[0-9]+ .*' }"), 9, /fixed text/],
    ["an unknown action", "action: restart-kubelet", "action: restart-kubelt", 15, /restart-kubelt.*restart-kubelet/],
    ["an unknown edge", "[node-not-ready]", "[node-not-redy]", 7, /node-not-redy.*node-not-ready/],
    ["a pattern without its place", "    seen: everywhere\n", "", 9, /seen/],
    ["an unknown key", "maturity: stable", "maturty: stable", 4, /maturty.*maturity/],
    ["another name", "id: disk-full", "id: disk-fall", 1, /disk-fall\.yaml/],
    ["no case that fires", "verdict: confirmed", "verdict: absent", 22, /fires/],
  ])("%s", (_, from, to, line, message) => {
    const found = lintCause(from, to).filter((each) => message.test(each));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${path}:${line}: `));
  });

  test("a problem met twice is told once", () => {
    const twice = "when: { any: [{ fact: disk.usd, above: 9 }, { fact: disk.usd, above: 99 }] }";
    expect(lintCause(rule, twice).filter((each) => each.includes("disk.usd"))).toHaveLength(1);
  });

  test("a cause that leads to no symptom, and a symptom that no cause leads to", () => {
    expect(lintCause("leads-to: [node-not-ready]", "leads-to: []")).toEqual([
      `${path}:7: leads to no symptom`,
      "symptoms.yaml:2: no cause leads to the symptom node-not-ready",
    ]);
  });

  test("a second use of an id in one folder; in another it overrides", () => {
    const again = { path: "causes/filesystem/again.yaml", text: cause };
    expect(lintFiles({ "symptoms.yaml": symptoms, [path]: cause, [again.path]: again.text })).toContain(
      `${path}:1: a second cause or symptom with the id disk-full`,
    );
    const [ours, own] = [{ "symptoms.yaml": symptoms, [path]: cause }, { "disk-full.yaml": cause }].map((files) =>
      Object.entries(files).map(([name, text]) => ({ path: name, text })),
    );
    const compiled = compileKnowledge([ours ?? [], own ?? []]);
    expect(lintKnowledge(compiled, { vocabulary, actions: ["restart-kubelet"] })).toEqual([]);
    expect(compiled.knowledge.causes.get("disk-full")?.file).toBe("disk-full.yaml");
  });

  test("edges that go in a circle, each once", () => {
    const linked = (id: string, to: string): [string, string] => [
      `causes/filesystem/${id}.yaml`,
      cause.replace("id: disk-full", `id: ${id}`).replace("[node-not-ready]", `[node-not-ready, ${to}]`),
    ];
    const files = Object.fromEntries([linked("aa", "bb"), linked("bb", "cc"), linked("cc", "aa")]);
    const circles = lintFiles({ "symptoms.yaml": symptoms, ...files }).filter((each) => each.includes("circle"));
    expect(circles).toEqual(["causes/filesystem/aa.yaml:7: edges go in a circle: aa > bb > cc > aa"]);
  });
});
