import { expect, test } from "@jest/globals";
import { type Answer, type Unavailable, unavailable, value } from "../../evidence/evidence.ts";
import { loginFindings, type Tried } from "./login.ts";

function tried(name: string, answers: readonly Answer[], lost: Unavailable | null = null, ready = true): Tried {
  const items = answers.map((answer, at) => ({
    probe: `p${at}`,
    source: "ssh" as const,
    asked: [],
    at: null,
    tookMs: 1,
    answer,
  }));
  const set = { schema: 1 as const, node: name, cluster: "c", at: null, year: null, items };
  return { node: { name, ready, zone: "", image: "" }, lost, set };
}
const shown = (all: readonly Tried[]) =>
  loginFindings("c", all).map(({ check, about, state, next }) => [check, about, state, next[0] ?? ""]);
const refused = (rule: string): Answer => unavailable("sudo-refused", "sudo: a password is required", rule);

test("all is well", () => {
  expect(shown([tried("a", [value("")])])).toEqual([
    ["ssh", "c/a", "fine", ""],
    ["sudo", "c", "fine", ""],
  ]);
});

test("a rule that lacks on two nodes is one line, that is the rule", () => {
  const all = [tried("a", [refused("u r1"), value("")]), tried("b", [refused("u r1")])];
  expect(shown(all).filter(([check]) => check === "sudo")).toEqual([["sudo", "c", "fix", "u r1"]]);
});

test("where everything lacks, the file is to be made, for that login", () => {
  const rules = Array.from({ length: 6 }, (_, at) => refused(`ops r${at}`));
  const [line] = shown([tried("a", rules)]).filter(([check]) => check === "sudo");
  expect(line?.[3]).toContain("grants sudoers --user ops --node c/a");
});

test("what came too late could not be told", () => {
  expect(shown([tried("a", [unavailable("timed-out", "")])]).at(-1)).toEqual([
    "sudo",
    "c",
    "unknown",
    expect.any(String),
  ]);
});

test.each<[Unavailable["reason"], boolean, string]>([
  ["unreachable", true, "fix"],
  ["unreachable", false, "unknown"],
  ["host-key-unknown", false, "fix"],
])("a login that fails: %s, Ready: %s", (reason, ready, state) => {
  expect(shown([tried("a", [], unavailable(reason, "", "do this"), ready)])).toEqual([
    ["ssh", "c/a", state, "do this"],
  ]);
});

test("no node at all could not be told", () => {
  expect(shown([]).map(([, , state]) => state)).toEqual(["unknown"]);
});
