import { describe, expect, test } from "@jest/globals";
import { causeText, knowledgeOf, reasonOf } from "../../test/support/world.ts";

const rule = (weight: string): string =>
  `  - { id: ${weight}, weight: ${weight}, says: ${weight}, when: { fact: f.${weight}, is: true } }`;
const weights = ["proof", "strong", "hint", "against", "excludes"];
const knowledge = knowledgeOf(causeText("c", `rules:\n${weights.map(rule).join("\n")}\n`));

/** Facts not named are unavailable; `-name` is known to be false. */
function verdictWith(...names: readonly string[]): string {
  const facts = Object.fromEntries(
    names.map((name) => (name.startsWith("-") ? [`f.${name.slice(1)}`, false] : [`f.${name}`, true])),
  );
  return reasonOf(knowledge, { facts }).ranked[0]?.verdict ?? "absent";
}

describe("the verdict table", () => {
  test.each<[string, string[]]>([
    ["confirmed", ["proof"]],
    ["confirmed", ["proof", "strong", "hint"]],
    ["likely", ["proof", "against"]],
    ["likely", ["proof", "excludes"]],
    ["likely", ["strong"]],
    ["possible", ["strong", "against"]],
    ["possible", ["hint"]],
    ["ruled-out", ["excludes"]],
    ["ruled-out", ["strong", "excludes"]],
    ["unknown", []],
    ["unknown", ["-proof"]],
    ["unknown", ["-strong", "against"]],
    ["absent", ["-proof", "-strong"]],
    ["absent", ["-proof", "-strong", "-hint", "against"]],
  ])("%s: %j", (verdict, names) => {
    expect(verdictWith(...names)).toBe(verdict);
  });

  test("no number of strong rules confirms", () => {
    const many = Array.from(
      { length: 9 },
      (_, n) => `  - { id: s${n}, weight: strong, says: s, when: { fact: f${n}, is: 1 } }`,
    );
    const facts = Object.fromEntries(many.map((_, n) => [`f${n}`, 1]));
    expect(reasonOf(knowledgeOf(causeText("c", `rules:\n${many.join("\n")}\n`)), { facts }).roots[0]?.verdict).toBe(
      "likely",
    );
  });
});

describe("history", () => {
  const log = knowledgeOf(
    causeText("c", "rules:\n  - { id: p, weight: proof, says: p, seen: x, when: { log: 'the disk died' } }\n"),
  );
  const line = "2026-03-01T10:00:00Z n1 kernel: the disk died";

  test("a proof that is only history makes a cause possible", () => {
    const given = { at: "2026-03-01T12:00:00Z", logs: { kernel: [line] }, historyBefore: "2026-03-01T11:00:00Z" };
    expect(reasonOf(log, given).ranked[0]?.verdict).toBe("possible");
  });

  test("the same line in the present confirms", () => {
    expect(reasonOf(log, { at: "2026-03-01T12:00:00Z", logs: { kernel: [line] } }).ranked[0]?.verdict).toBe(
      "confirmed",
    );
  });

  test("what was so only in history does not make its negation true", () => {
    const negated = knowledgeOf(
      causeText(
        "c",
        "rules:\n  - { id: p, weight: proof, says: p, seen: x, when: { not: { log: 'the disk died' } } }\n",
      ),
    );
    const given = {
      at: "2026-03-01T12:00:00Z",
      logs: { kernel: [line] },
      complete: ["kubelet", "runtime", "kernel"] as const,
      historyBefore: "2026-03-01T11:00:00Z",
    };
    expect(reasonOf(negated, given).ranked[0]?.verdict).toBe("unknown");
  });

  describe("an event", () => {
    const event = knowledgeOf(
      causeText(
        "panic",
        "event: true\nleads-to: [{ to: down, within: 10m }]\nrules:\n  - { id: p, weight: proof, says: p, seen: x, when: { log: 'kernel panic' } }\n",
      ),
      {
        path: "symptoms.yaml",
        text: "symptoms:\n  - { id: down, title: d, says: d, when: { fact: node.ready, is: 'False' } }\n",
      },
    );
    const given = (since: string) => ({
      at: "2026-03-01T12:00:00Z",
      logs: { kernel: ["2026-03-01T10:00:00Z n1 kernel: kernel panic"] },
      historyBefore: "2026-03-01T11:00:00Z",
      facts: { "node.ready": { value: "False", since } },
    });
    test("is confirmed by history when its symptom follows within the edge's window", () => {
      expect(reasonOf(event, given("2026-03-01T10:05:00Z")).ranked[0]?.verdict).toBe("confirmed");
    });
    test("is not when the symptom came much later", () => {
      expect(reasonOf(event, given("2026-03-01T11:30:00Z")).ranked[0]?.verdict).toBe("possible");
    });
  });
});

describe("a log rule", () => {
  const counted = knowledgeOf(
    causeText(
      "c",
      "rules:\n  - { id: p, weight: proof, says: p, seen: x, when: { log: 'device is stuck (?P<device>[a-z]+)', atLeast: 3, within: 10m, in: [kernel] } }\n",
    ),
  );
  const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, "0")}:00Z n1 kernel: device is stuck sda`;

  test("counts lines within its time", () => {
    const found = reasonOf(counted, { logs: { kernel: [at(0), at(4), at(9)] } }).ranked[0];
    expect(found?.verdict).toBe("confirmed");
    expect(found?.bound).toMatchObject({ device: "sda", count: 3 });
  });
  test("is false where the stream was read whole and too few lines are there", () => {
    expect(reasonOf(counted, { logs: { kernel: [at(0), at(20), at(40)] }, complete: ["kernel"] }).ranked).toEqual([]);
  });
  test("is unknown where the stream is an excerpt", () => {
    expect(reasonOf(counted, { logs: { kernel: [at(0)] } }).ranked[0]?.verdict).toBe("unknown");
  });
});
