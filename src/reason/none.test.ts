import { describe, expect, test } from "@jest/globals";
import { causeText, type Given, knowledgeOf, reasonOf, symptomsText } from "../../test/support/world.ts";

const knowledge = knowledgeOf(
  symptomsText(
    "  - { id: down, title: d, says: d, when: { fact: node.ready, is: 'False' } }\n  - { id: gone, title: g, says: g, when: { log: 'runtime is gone' } }\n",
  ),
  {
    path: "causes/none/none.yaml",
    text: "id: none\ntitle: none\narea: none\nmaturity: stable\nsays: nothing is wrong\nwhat: none\nsources: [test]\n",
  },
  {
    path: "noise.yaml",
    text: "alarming:\n  - { id: e, log: 'error: ' }\nnoise:\n  - { id: n, log: 'error: harmless', because: always there, seen: test }\n  - { id: w, log: 'error: starting', when: { fact: node.ready, is: 'True' }, because: it is Ready, seen: test }\n",
  },
  causeText(
    "leak",
    "leads-to: [down, gone]\nrules:\n  - { id: p, weight: proof, says: p, seen: x, when: { log: 'error: waiting for lo', atLeast: 3 } }\n",
  ),
);
const verdictOf = (given: Given): string => reasonOf(knowledge, given).verdict;

describe("nothing is wrong", () => {
  test("when every alarming line is known noise", () => {
    const found = reasonOf(knowledge, { logs: { kubelet: ["error: harmless"] } });
    expect(found.verdict).toBe("none");
    expect(found.ranked[0]?.cause.id).toBe("none");
    expect(found.ranked[0]?.verdict).not.toBe("confirmed");
  });
  test("when too few lines of a counted rule are there", () => {
    expect(verdictOf({ logs: { kernel: ["error: waiting for lo"] } })).toBe("none");
  });
  test("when what means nothing on a Ready node is said on one", () => {
    expect(verdictOf({ facts: { "node.ready": "True" }, logs: { kubelet: ["error: starting"] } })).toBe("none");
  });
  test("when the node is Ready and nothing alarms", () => {
    expect(verdictOf({ facts: { "node.ready": "True" } })).toBe("none");
  });
});

describe("the answer is unknown", () => {
  test("when an alarming line stays unmatched", () => {
    expect(verdictOf({ logs: { kubelet: ["error: harmless", "error: never seen before"] } })).toBe("unknown");
  });
  test("when noise stands beside a symptom and nobody showed the node's condition", () => {
    const logs = { kubelet: ["error: harmless"], runtime: ["runtime is gone"] };
    expect(verdictOf({ logs })).toBe("unknown");
  });
  test("when what means nothing on a Ready node is said, and nobody showed that it is one", () => {
    expect(verdictOf({ logs: { kubelet: ["error: starting"] } })).toBe("unknown");
  });
  test("when nothing was shown at all", () => {
    expect(verdictOf({})).toBe("unknown");
  });
  test("when the node is NotReady, however quiet its logs", () => {
    expect(verdictOf({ facts: { "node.ready": "False" }, logs: { kubelet: ["error: harmless"] } })).toBe("unknown");
  });
});
