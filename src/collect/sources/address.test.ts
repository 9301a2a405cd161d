import { describe, expect, test } from "@jest/globals";
import { unavailable, value } from "../../evidence/evidence.ts";
import type { AddressType } from "../ports.ts";
import { addressBook, findAddress } from "./address.ts";

const node = (annotations: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({
    metadata: { annotations },
    status: {
      addresses: [
        { type: "InternalIP", address: "10.0.0.7" },
        { type: "ExternalIP", address: "203.0.113.7" },
        { type: "Hostname", address: "worker-7.example" },
      ],
    },
  });
const found = async (type: AddressType, body: string) => {
  const address = await findAddress("worker-7", addressBook(type), Promise.resolve(value(body)));
  return address.ok ? address.value : address.problem.reason;
};

describe("where a node is reached", () => {
  test.each<[AddressType, string]>([
    ["InternalIP", "10.0.0.7"],
    ["ExternalIP", "203.0.113.7"],
    ["Hostname", "worker-7.example"],
    ["annotation:example.com/ssh", "2001:db8::7"],
    ["annotation:example.com/other", "not-asked"],
  ])("%s: %s", async (type, address) => {
    expect(await found(type, node({ "example.com/ssh": " 2001:db8::7 " }))).toBe(address);
  });

  test.each(["-oProxyCommand=x", "a b", "http://x", "$(id)", "", "x".repeat(300)])(
    "an annotation that is no address: %.20s",
    async (text) => expect(await found("annotation:a/b", node({ "a/b": text }))).toBe("not-asked"),
  );

  test.each(["", "[]", '{"status":{"addresses":7}}', '{"metadata":{"annotations":{"a":1}}}'])(
    "no Node object: %s",
    async (body) => {
      expect(["unreadable", "not-asked"]).toContain(await found("InternalIP", body));
    },
  );

  test("a node object without addresses", async () => {
    expect(await found("InternalIP", "{}")).toBe("not-asked");
  });

  test("the inventory wins, and what was seen last helps where the API is silent", async () => {
    const silent = Promise.resolve(unavailable("timed-out", ""));
    const book = addressBook("InternalIP", [{ name: "w8", address: "10.0.0.8" }]);
    expect(await findAddress("w8", book, silent)).toMatchObject({ value: "10.0.0.8" });
    expect(await findAddress("worker-7", book, silent)).toMatchObject({ ok: false });
    await findAddress("worker-7", book, Promise.resolve(value(node())));
    expect(await findAddress("worker-7", book, silent)).toMatchObject({ value: "10.0.0.7" });
  });
});
