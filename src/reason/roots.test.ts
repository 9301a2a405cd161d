import { describe, expect, test } from "@jest/globals";
import { causeText, type Given, knowledgeOf, reasonOf, symptomsText } from "../../test/support/world.ts";

const symptoms = symptomsText(
  "  - { id: down, title: d, says: NotReady, when: { fact: node.ready, is: 'False' } }\n  - { id: slow, title: s, says: slow, when: { fact: node.slow, is: true } }\n",
);
const cause = (id: string, edges: string, more = "", excludes = false) =>
  causeText(
    id,
    `${more}leads-to: [${edges}]\nrules:\n  - { id: p, weight: proof, says: p, when: { fact: ${id}.proof, is: true } }\n  - { id: s, weight: strong, says: s, when: { fact: ${id}.strong, is: true } }\n${
      excludes ? `  - { id: x, weight: excludes, says: x, when: { fact: ${id}.excludes, is: true } }\n` : ""
    }`,
  );
const chain = knowledgeOf(
  symptoms,
  cause("disk", "readonly"),
  cause("readonly", "runtime", "", true),
  cause("runtime", "down"),
  cause("other", "down"),
);

const rootsOf = (given: Given["facts"], knowledge = chain): readonly string[] =>
  reasonOf(knowledge, { at: "2026-03-01T10:00:00Z", facts: given ?? {} }).roots.map((root) => root.cause.id);
const notReady = { "node.ready": "False" };

describe("roots", () => {
  test("a confirmed cause makes effects of what it leads to", () => {
    expect(rootsOf({ ...notReady, "disk.proof": true, "readonly.proof": true, "runtime.proof": true })).toEqual([
      "disk",
    ]);
  });
  test("an edge holds over a cause in between that nothing speaks of", () => {
    expect(rootsOf({ ...notReady, "disk.proof": true, "runtime.proof": true })).toEqual(["disk"]);
  });
  test("but not over one that is ruled out", () => {
    const facts = { ...notReady, "disk.proof": true, "readonly.excludes": true, "runtime.proof": true };
    expect(new Set(rootsOf(facts))).toEqual(new Set(["disk", "runtime"]));
  });
  test("a likely cause above a confirmed one stays behind it and keeps the whole at likely", () => {
    const found = reasonOf(chain, {
      at: "2026-03-01T10:00:00Z",
      facts: { ...notReady, "disk.strong": true, "runtime.proof": true },
    });
    expect(found.roots.map((root) => root.cause.id)).toEqual(["runtime"]);
    expect(found.effects.behind.get("runtime")).toBe("disk");
    expect(found.verdict).toBe("likely");
  });
  test("a likely cause above a likely one is the root", () => {
    expect(rootsOf({ ...notReady, "disk.strong": true, "runtime.strong": true })).toEqual(["disk"]);
  });
  test("for one symptom the best-ranked likely cause is enough", () => {
    expect(rootsOf({ ...notReady, "runtime.strong": true, "other.strong": true })).toHaveLength(1);
  });
  test("a likely cause is no root where a confirmed one explains everything", () => {
    const found = reasonOf(chain, {
      at: "2026-03-01T10:00:00Z",
      facts: { ...notReady, "runtime.proof": true, "other.strong": true },
    });
    expect(found.roots.map((root) => root.cause.id)).toEqual(["runtime"]);
    expect(found.verdict).toBe("confirmed");
  });
  test("where no symptom is shown every likely cause that is no effect is a root", () => {
    expect(new Set(rootsOf({ "other.strong": true, "disk.strong": true, "runtime.strong": true }))).toEqual(
      new Set(["disk", "other"]),
    );
  });
  test("a symptom that no root leads to is unexplained, and the whole is then not confirmed", () => {
    const found = reasonOf(chain, {
      at: "2026-03-01T10:00:00Z",
      facts: { ...notReady, "node.slow": true, "runtime.proof": true },
    });
    expect(found.unexplained).toEqual(["slow"]);
    expect(found.verdict).toBe("likely");
  });
  test("a cause whose only line is also its effect's does not stand above it", () => {
    const shared = knowledgeOf(
      symptoms,
      causeText(
        "above",
        "leads-to: [below]\nrules:\n  - { id: p, weight: proof, says: p, when: { fact: same, is: true } }\n",
      ),
      causeText(
        "below",
        "leads-to: [down]\nrules:\n  - { id: p, weight: proof, says: p, when: { fact: same, is: true } }\n",
      ),
    );
    expect(new Set(rootsOf({ ...notReady, same: true }, shared))).toEqual(new Set(["above", "below"]));
  });
});

describe("time", () => {
  const since = (value: boolean, minute: number) => ({
    value,
    since: `2026-03-01T10:${String(minute).padStart(2, "0")}:00Z`,
  });
  const ready = { "node.ready": { value: "False", since: "2026-03-01T10:10:00Z" } };

  test("a cause seen later than its effect by more than the lag is not its cause", () => {
    const facts = { ...ready, "readonly.proof": since(true, 9), "runtime.proof": since(true, 5) };
    expect(rootsOf(facts)).toContain("runtime");
  });
  test("within the lag it is", () => {
    const facts = { ...ready, "readonly.proof": since(true, 6), "runtime.proof": since(true, 5) };
    expect(rootsOf(facts)).toEqual(["readonly"]);
  });
  test("the edge may allow more", () => {
    const patient = knowledgeOf(symptoms, cause("readonly", "{ to: runtime, lag: 5m }"), cause("runtime", "down"));
    expect(rootsOf({ ...ready, "readonly.proof": since(true, 9), "runtime.proof": since(true, 5) }, patient)).toEqual([
      "readonly",
    ]);
  });
  test("the edge may ask for less: an effect that began long after the cause is not its effect", () => {
    const hasty = knowledgeOf(symptoms, cause("readonly", "{ to: runtime, within: 1m }"), cause("runtime", "down"));
    expect(rootsOf({ ...ready, "readonly.proof": since(true, 0), "runtime.proof": since(true, 8) }, hasty)).toContain(
      "runtime",
    );
  });
  test("nothing is forbidden where an onset is not known", () => {
    expect(rootsOf({ ...ready, "readonly.proof": true, "runtime.proof": since(true, 5) })).toEqual(["readonly"]);
  });
});
