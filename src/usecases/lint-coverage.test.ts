import { describe, expect, test } from "@jest/globals";
import { type EvidenceSet, value } from "../evidence/evidence.ts";
import type { Reader } from "../facts/reader.ts";
import { compileKnowledge } from "../knowledge/compile.ts";
import { confusionMatrix, matrixText } from "./knowledge-matrix.ts";
import { lintCoverage } from "./lint-coverage.ts";
import type { KnowledgeSource } from "./load-engine.ts";

const symptoms = `symptoms:
  - { id: node-not-ready, title: NotReady, says: NotReady, when: { fact: node.ready, is: 'False' } }
`;
const cause = (id: string, rules: string, cases: string, says = "it broke"): { path: string; text: string } => ({
  path: `causes/kernel/${id}.yaml`,
  text: `id: ${id}
title: It broke
area: kernel
maturity: stable
says: ${says}
what: It broke.
leads-to: [node-not-ready]
rules:
${rules}
sources: [x]
cases:
${cases}
  - { name: not seen, expect: { verdict: unknown } }
`,
});
const rule = (id: string, weight: string, log: string): string =>
  `  - { id: ${id}, weight: ${weight}, says: found, when: { log: '${log}' }, seen: here }`;
const fires = (name: string, line: string, rest = "verdict: likely"): string =>
  `  - { name: ${name}, logs: { kernel: ['${line}'] }, expect: { ${rest} } }`;

const journal: Reader = {
  id: "kernel-log",
  provides: { "node.ready": { type: "string", says: "Ready or not." } },
  streams: ["kernel"],
  read: (answer) => (answer.kind === "value" ? { logs: { kernel: answer.stdout } } : {}),
};
const source = (...files: readonly { path: string; text: string }[]): KnowledgeSource => ({
  registry: { probes: [], readers: [journal], derivations: [] },
  folders: [[{ path: "symptoms.yaml", text: symptoms }, ...files]],
  actions: [],
  version: "test",
});
const healthyNode = (lines: readonly string[]): EvidenceSet => {
  const answer = value(lines.join("\n"));
  const item = { probe: "kernel-log", source: "ssh" as const, asked: ["dmesg"], at: null, tookMs: 0, answer };
  return { schema: 1, node: "n", cluster: "c", at: null, year: null, items: [item] };
};
const quiet = healthyNode(Array.from({ length: 300 }, (_, index) => `all is well ${index}`));

describe("coverage", () => {
  const both = [rule("first", "strong", "the disk broke"), rule("second", "strong", "the fan broke")].join("\n");

  test("a rule that no case needs is told at its line; one that a case needs is not", () => {
    const found = lintCoverage(source(cause("broken", both, fires("disk", "the disk broke"))), quiet);
    expect(found).toMatchObject({ rules: 2, idle: 1 });
    expect(found.problems).toEqual([
      { file: "causes/kernel/broken.yaml", line: 10, message: expect.stringMatching(/\bsecond\b/) },
    ]);
  });

  test("two rules on one line need a case each, or to be asked for by name", () => {
    const twice = [rule("first", "strong", "disk broke"), rule("second", "strong", "the disk")].join("\n");
    const idle = (cases: string): number => lintCoverage(source(cause("broken", twice, cases)), quiet).idle;
    expect(idle(fires("disk", "the disk broke"))).toBe(2);
    expect(idle(fires("disk", "the disk broke", "verdict: likely, by: [first, second]"))).toBe(0);
  });

  test("a rule that only speaks against is needed where a verdict hangs on it", () => {
    const rules = [rule("first", "proof", "the disk broke"), rule("but", "against", "in a test")].join("\n");
    const idle = (cases: string): number => lintCoverage(source(cause("broken", rules, cases)), quiet).idle;
    const disk = fires("disk", "the disk broke", "verdict: confirmed");
    expect(idle(disk)).toBe(1);
    expect(idle(`${disk}\n${fires("tested", "the disk broke in a test", "verdict: likely")}`)).toBe(0);
  });

  test("a pattern that fires on more than one line in a hundred of a healthy node", () => {
    const noisy = healthyNode(Array.from({ length: 300 }, (_, index) => (index < 4 ? "the disk broke" : "well")));
    const few = healthyNode(Array.from({ length: 300 }, (_, index) => (index < 3 ? "the disk broke" : "well")));
    const files = cause("broken", rule("first", "strong", "the disk broke"), fires("disk", "the disk broke"));
    expect(lintCoverage(source(files), few).problems).toEqual([]);
    expect(lintCoverage(source(files), noisy).problems).toEqual([
      { file: "causes/kernel/broken.yaml", line: 9, message: expect.stringMatching(/4 of 300/) },
    ]);
  });

  test("a pattern that means something only in number is measured by that number", () => {
    const noisy = healthyNode(Array.from({ length: 300 }, (_, index) => (index < 4 ? "the disk broke" : "well")));
    const counted = (atLeast: number): string =>
      `  - { id: first, weight: strong, says: found, when: { log: 'the disk broke', atLeast: ${atLeast} }, seen: here }`;
    const cases = (lines: number): string =>
      `  - { name: disk, logs: { kernel: [${Array(lines).fill("'the disk broke'").join(", ")}] }, expect: { verdict: likely } }`;
    expect(lintCoverage(source(cause("broken", counted(4), cases(4))), noisy).problems).toHaveLength(1);
    expect(lintCoverage(source(cause("broken", counted(5), cases(5))), noisy).problems).toEqual([]);
  });

  test("a name that no rule binds, and a text that ends in a comment", () => {
    const rules = rule("first", "strong", "the (?P<part>disk|fan) broke");
    const cases = fires("disk", "the disk broke");
    expect(lintCoverage(source(cause("broken", rules, cases, "'{part} broke'")), quiet).problems).toEqual([]);
    const { problems } = lintCoverage(source(cause("broken", rules, cases, "the {prt} broke, see a#1 and #2")), quiet);
    expect(problems.map(({ line, message }) => [line, message.match(/\{prt\}|#2/)?.[0]])).toEqual([
      [5, "#2"],
      [5, "{prt}"],
    ]);
  });

  test("knowledge that lint refuses is not tried", () => {
    const found = lintCoverage(source(cause("broken", both, fires("x", "y")), cause("broken", both, "")), quiet);
    expect(found).toMatchObject({ rules: 0 });
    expect(found.problems.length).toBeGreaterThan(0);
  });

  test("of several folders only the last ones are looked at", () => {
    const [ours, own] = [
      cause("ours", both, fires("disk", "the disk broke")),
      cause("own", both, fires("fan", "the fan broke")),
    ];
    const { folders, ...rest } = source(ours);
    const found = lintCoverage({ ...rest, folders: [...folders, [own]] }, quiet, 1);
    expect(found.problems.map(({ file }) => file)).toEqual(["causes/kernel/own.yaml"]);
    expect(found.rules).toBe(2);
  });
});

describe("the confusion matrix", () => {
  const knowledge = (...files: readonly { path: string; text: string }[]) =>
    compileKnowledge([[{ path: "symptoms.yaml", text: symptoms }, ...files]]).knowledge;

  test("counts the cases that another cause takes, and those that nobody takes", () => {
    const matrix = confusionMatrix({
      knowledge: knowledge(
        cause("thief", rule("all", "proof", "the disk"), fires("own", "the disk", "verdict: confirmed")),
        cause(
          "victim",
          rule("some", "strong", "disk broke"),
          `${fires("both", "the disk broke")}\n${fires("alone", "disk broke")}`,
        ),
        cause("mute", rule("none", "strong", "never said"), fires("silent", "something else")),
      ),
    });
    expect(matrix).toEqual({
      cases: 4,
      own: 2,
      stolen: [
        { cause: "mute", root: null, cases: ["silent"] },
        { cause: "victim", root: "thief", cases: ["both"] },
      ],
    });
  });

  test("is written so that it reads back", () => {
    const long = Array.from({ length: 9 }, (_, index) => `a case with a long name, number ${index}`);
    const matrix = {
      cases: 11,
      own: 1,
      stolen: [
        { cause: "a", root: null, cases: ['one "quoted"'] },
        { cause: "b", root: "c", cases: long },
      ],
    };
    expect(JSON.parse(matrixText(matrix))).toEqual(matrix);
    expect(JSON.parse(matrixText({ cases: 0, own: 0, stolen: [] }))).toEqual({ cases: 0, own: 0, stolen: [] });
  });
});
