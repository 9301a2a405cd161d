import { expect, test } from "@jest/globals";
import { notForwarded } from "./forward.ts";

const far = { host: "10.0.0.7", port: 22, timeoutMs: 1_000 };
const refusal = (description: string, reason: number): Error =>
  Object.assign(new Error(`(SSH) Channel open failure: ${description}`), { reason });

// what OpenSSH 9.2 says
test.each<[string, Error, object]>([
  ["forwarding is off", refusal("administratively prohibited", 1), { reason: "forbidden", grant: expect.any(String) }],
  ["nobody listens there", refusal("Connection refused", 2), { reason: "refused" }],
  ["no way there", refusal("No route to host", 2), { reason: "unreachable" }],
  ["no answer there", refusal("Connection timed out", 2), { reason: "timed-out" }],
  ["no such name", refusal("Name or service not known", 2), { reason: "unreachable" }],
  ["the bastion is gone", new Error("Not connected"), { reason: "unreachable" }],
])("%s", (_, error, expected) => {
  expect(notForwarded(error, far)).toMatchObject(expected);
});
