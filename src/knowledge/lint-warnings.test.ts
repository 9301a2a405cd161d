import { expect, test } from "@jest/globals";
import type { FactSpec } from "../facts/fact.ts";
import { compileKnowledge } from "./compile.ts";
import { lintKnowledge } from "./lint.ts";

const vocabulary = new Map<string, FactSpec>([
  ["unit.file", { type: "string", says: "x" }],
  ["cert.end", { type: "time", says: "x" }],
]);
const right = `id: off
title: x
area: kubelet
maturity: stable
says: x
what: x
leads-to: [down]
rules: [{ id: r, weight: proof, says: x, when: { fact: unit.file, is: no } }]
sources: [x]
cases:
  - { name: a, facts: { unit.file: no }, expect: { verdict: confirmed } }
  - { name: b, facts: { unit.file: yes }, expect: { verdict: absent } }
warnings:
  - id: soon
    says: x
    when: { fact: unit.file, is: off }
    strikes: date
    by: cert.end
    why: x
    steps: [{ do: x }]
    cases:
      - { name: c, facts: { unit.file: off }, warns: true }
      - { name: d, facts: { unit.file: on }, warns: false }
`;
const symptoms = "symptoms: [{ id: down, title: x, says: x, when: { fact: unit.file, is: x } }]";

function problems(from: string, to: string): readonly string[] {
  const text = right.replace(from, to);
  if (from !== "" && text === right) throw new Error(`nothing to replace: ${from}`);
  const files = [
    { path: "symptoms.yaml", text: symptoms },
    { path: "causes/kubelet/off.yaml", text },
  ];
  return lintKnowledge(compileKnowledge([files]), { vocabulary, actions: [] }).map(({ message }) => message);
}

test("nothing is wrong with a warning that is right", () => {
  expect(problems("", "")).toEqual([]);
});

test.each<[string, string, string, RegExp]>([
  ["an unknown fact", "fact: unit.file, is: off", "fact: unit.fil, is: off", /unit\.fil; did you mean unit\.file/],
  ["an unknown time", "by: cert.end", "by: cert.ends", /cert\.ends; did you mean cert\.end/],
  ["a time that is none", "by: cert.end", "by: unit.file", /unit\.file is no time/],
  ["no time", "    by: cert.end\n", "", /needs the fact with the time/],
  ["a time of what has none", "strikes: date", "strikes: reboot", /only a warning with strikes: date/],
  ["no case that warns", "warns: true", "warns: null", /no case in which it warns/],
  ["no case that is quiet", "warns: false", "warns: null", /no case in which it is quiet/],
  ["one name twice", "name: d", "name: c", /two cases have one name/],
  ["a pattern from nowhere", "when: { fact: unit.file, is: off }", "when: { log: 'soon over' }", /does not say where/],
  ["a pattern that is none", "when: { fact: unit.file, is: off }", "when: { log: '(?=a)over' }", /linear-time/],
  ["an unknown way", "strikes: date", "strikes: dates", /strikes/],
  ["an unknown key", "why: x", "whi: x", /why/],
])("%s", (_, from, to, message) => {
  expect(problems(from, to).filter((each) => message.test(each))).not.toEqual([]);
});
