import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { apiName } from "../place.ts";
import { answerTo } from "./dns.ts";

const [a, aaaa] = [1, 28];

function query(name: string, type: number): Buffer {
  const labels = name.split(".").flatMap((label) => [label.length, ...Buffer.from(label)]);
  return Buffer.from([0xab, 0xcd, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, type, 0, 1]);
}

test.each([
  ["the API server's address", apiName, a, { code: 0, records: 1 }],
  ["no IPv6 address, but the name exists", apiName, aaaa, { code: 0, records: 0 }],
  ["no other name", "example.com", a, { code: 3, records: 0 }],
])("%s", (_, name, type, { code, records }) => {
  const answer = answerTo(query(name, type), "192.0.2.1") ?? Buffer.alloc(0);
  expect(answer.subarray(0, 2).toString("hex")).toBe("abcd");
  expect([answer.readUInt16BE(2) & 15, answer.readUInt16BE(6)]).toEqual([code, records]);
  expect(answer.subarray(-4).join(".") === "192.0.2.1").toBe(records === 1);
});

test("whatever arrives, it answers or is silent", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      const answer = answerTo(Buffer.from(bytes), "192.0.2.1");
      expect(answer === null || answer.length >= 12).toBe(true);
    }),
  );
});
