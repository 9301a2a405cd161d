import { describe, expect, test } from "@jest/globals";
import { absent } from "../../evidence/evidence.ts";
import { identityOf, renamer } from "./identity.ts";
import { nodeSet, unregisteredSet } from "./testing.ts";

describe("a recording's own name and address", () => {
  test("come from the Node object", () => {
    expect(identityOf(nodeSet("active"))).toEqual({ name: "n1", address: "10.77.0.11" });
  });
  test("or, where there is none, from where it was reached", () => {
    expect(identityOf(unregisteredSet())).toEqual({ name: "n1", address: "10.77.0.11" });
  });
  test("or are not known", () => {
    const set = nodeSet("active");
    const items = set.items.map((item) => ({ ...item, answer: absent("") }));
    expect(identityOf({ ...set, node: null, items })).toEqual({ name: "", address: null });
  });
});

describe("only whole words are renamed", () => {
  const rename = renamer({ name: "n1", address: "10.0.0.1" }, { name: "practice-$&", address: "192.0.2.10" });
  test.each([
    ["system:node:n1", "system:node:practice-$&"],
    ["/api/v1/nodes/n1", "/api/v1/nodes/practice-$&"],
    ["spec.nodeName%3Dn1", "spec.nodeName%3Dpractice-$&"],
    ["n1.example.org", "practice-$&.example.org"],
    ["Nov 21 02:11:27 n1 kubelet", "Nov 21 02:11:27 practice-$& kubelet"],
    ["n10 dn1 cni-n1 n1_x n1-pool", "n10 dn1 cni-n1 n1_x n1-pool"],
    ["tcp 10.0.0.1:10250", "tcp 192.0.2.10:10250"],
    ["is 10.0.0.1.", "is 192.0.2.10."],
    ["10.0.0.11 110.0.0.1 10.0.0.1.5", "10.0.0.11 110.0.0.1 10.0.0.1.5"],
  ])("%s", (text, renamed) => expect(rename(text)).toBe(renamed));

  test("nothing, where nothing is known", () => {
    expect(renamer({ name: "", address: null }, { name: "a", address: "b" })("n1 10.0.0.1")).toBe("n1 10.0.0.1");
  });
});
