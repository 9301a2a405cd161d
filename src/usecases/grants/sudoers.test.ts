import { describe, expect, test } from "@jest/globals";
import { defineProbe, type Known, type Probe, type Via } from "../../collect/probe.ts";
import { loadRegistry } from "../../collect/registry.ts";
import { type EvidenceSet, value } from "../../evidence/evidence.ts";
import { flavours } from "./flavours.ts";
import { actingCommands, commandsAsked, readingCommands, sudoersDiff } from "./sudoers.ts";

const { probes: registered, derivations } = await loadRegistry();

function probe(id: string, via: Via): Probe {
  return defineProbe({ id, asks: "", provides: {}, via, limits: { timeoutMs: 2_000, maxBytes: 1 }, read: () => ({}) });
}
const path = (known: Known): string[] => ["cat", String(known.get("p") ?? "/usual")];
const bound = probe("bound", { source: "ssh", argv: path, sudo: true });
const fixed = probe("fixed", { source: "ssh", argv: ["dmesg"], sudo: true });
const open = probe("open", { source: "ssh", argv: ["uptime"] });
const words = (commands: readonly { readonly argv: readonly string[] }[]) => commands.map(({ argv }) => argv.join(" "));

test("words that depend on the node are those of every flavour, each once; what needs no root is left out", () => {
  const known = [{ p: "/a" }, { p: "/b" }, { p: "/a" }].map((facts) => new Map(Object.entries(facts)));
  expect(words(readingCommands([bound, fixed, open], known))).toEqual(["cat /usual", "cat /a", "cat /b", "dmesg"]);
});

describe("what a diagnosis asked", () => {
  const set = (more: Partial<EvidenceSet>): EvidenceSet => ({
    schema: 1,
    node: "n",
    cluster: "c",
    at: null,
    year: null,
    items: [
      { probe: "bound", source: "ssh", asked: ["cat", "/mine"], at: null, tookMs: 1, answer: value("") },
      { probe: "fixed", source: "ssh", asked: [], at: null, tookMs: 1, answer: value("") },
    ],
    ...more,
  });

  test("its own words, and for what was not asked the usual ones", () => {
    expect(words(commandsAsked(set({}), [bound, fixed, open]))).toEqual(["cat /mine", "dmesg"]);
  });

  test("questions about the past are no guide: they name their hours", () => {
    const window = { from: "2026-01-01T00:00:00Z", until: "2026-01-01T01:00:00Z" };
    expect(words(commandsAsked(set({ window }), [bound]))).toEqual(["cat /usual"]);
  });
});

test("an action's commands, once where two actions need the same", () => {
  const privileges = [{ argv: ["systemctl", "restart", "a"], timeoutMs: 1 }];
  expect(
    actingCommands([
      { id: "one", privileges },
      { id: "two", privileges },
    ]),
  ).toEqual([{ ...privileges[0], of: ["one", "two"] }]);
});

describe("against an older file", () => {
  test("rule by rule, whatever the order, comments and continued lines are", () => {
    const older = "# old\na ALL=(root) NOPASSWD: /b\n\na ALL=(root) \\\nNOPASSWD: /gone\n";
    const diff = sudoersDiff(older, "# new\na ALL=(root) NOPASSWD: /new\na ALL=(root) NOPASSWD: /b\n");
    expect(diff).toEqual({
      added: ["a ALL=(root) NOPASSWD: /new"],
      removed: ["a ALL=(root)  NOPASSWD: /gone"],
    });
  });
});

describe("the table of flavours", () => {
  test("names only facts that a probe or derivation provides", () => {
    const provided = new Set([...registered, ...derivations].flatMap(({ provides }) => Object.keys(provides)));
    const named = new Set(flavours.flatMap((known) => [...known.keys()]));
    expect([...named].filter((fact) => !provided.has(fact))).toEqual([]);
  });

  test("each fact in it changes some question", () => {
    const all = readingCommands(registered, flavours).length;
    const named = new Set(flavours.flatMap((known) => [...known.keys()]));
    for (const fact of named) {
      const without = flavours.map((known) => new Map([...known].filter(([name]) => name !== fact)));
      const fewer = JSON.stringify(readingCommands(registered, without));
      expect([fact, fewer === JSON.stringify(readingCommands(registered, flavours))]).toEqual([fact, false]);
    }
    expect(all).toBeGreaterThan(registered.filter(({ via }) => via.source === "ssh" && via.sudo).length);
  });
});
