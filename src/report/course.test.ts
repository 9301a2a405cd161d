import { expect, test } from "@jest/globals";
import { causeText, type Given, knowledgeOf, reasonOf, symptomsText } from "../../test/support/world.ts";
import { courseOf } from "./course.ts";

const cause = (id: string, more: string): ReturnType<typeof causeText> =>
  causeText(
    id,
    `leads-to: [down]\n${more}\nrules: [{ id: said, weight: proof, says: x, when: { fact: ${id}, is: true } }]\n`,
  );
const knowledge = knowledgeOf(
  symptomsText("  - { id: down, title: x, says: x, when: { fact: down, is: true } }\n"),
  cause("breaks", ""),
  cause("heals", "course: { passing: 'when {what} is over' }"),
  cause("happened", "event: true"),
);
const known = { what: "it" };
const course = (facts: Given["facts"], status: "Ready" | "NotReady") =>
  courseOf(reasonOf(knowledge, { facts: { down: status === "NotReady", ...facts } }), status, known);

test.each<[string, Given["facts"], "Ready" | "NotReady", string | undefined]>([
  ["what stays", { breaks: true }, "NotReady", "lasting"],
  ["what ends by itself", { heals: true }, "NotReady", "passing"],
  ["both", { heals: true, breaks: true }, "NotReady", "lasting"],
  ["what happened to a node that is Ready again", { happened: true }, "Ready", "over"],
  ["a Ready node that ails", { breaks: true }, "Ready", "lasting"],
  ["nobody knows why", {}, "NotReady", "not-known"],
  ["a Ready node", {}, "Ready", undefined],
])("%s", (_, facts, status, is) => {
  expect(course(facts, status)?.is).toBe(is);
});

test("it says when it ends", () => {
  expect(course({ heals: true }, "NotReady")?.because).toBe("it ends by itself when it is over");
});
