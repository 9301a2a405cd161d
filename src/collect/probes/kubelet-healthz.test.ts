import { expect, test } from "@jest/globals";
import { unavailable, value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { kubeletHealthz } from "./kubelet-healthz.ts";

/** curl 7.88 and 8.x. */
test.each([
  ["ok", value("ok\nhttp=200 time=0.001 err=")],
  ["ok", value("ok")],
  ["ok", value("Unauthorized\nhttp=401 err=\nok\nhttp=200 err=\n[exit 0]")],
  ["ok", value("ok\nhttp=200 err=\nUnauthorized\nhttp=401 err=")],
  [
    "refused",
    value("\nhttp=000 time=0.0 err=Failed to connect to 127.0.0.1 port 10248 after 0 ms: Couldn't connect to server", {
      exitCode: 7,
    }),
  ],
  [
    "refused",
    value("", { stderr: "curl: (7) Failed to connect to localhost port 10248: Connection refused", exitCode: 7 }),
  ],
  [
    "hung",
    value("\nhttp=000 time=4.0 err=Operation timed out after 4001 milliseconds with 0 bytes received", {
      exitCode: 28,
    }),
  ],
  [
    "refused",
    value("\nhttp=000 time=0.000 err=", {
      stderr:
        "curl: unknown --write-out variable: 'errormsg'\ncurl: (7) Failed connect to 127.0.0.1:10248; Connection refused",
      exitCode: 7,
    }),
  ],
  ["hung", unavailable("hung", "")],
  ["other", value("[+]ping ok\n[-]syncloop failed: reason withheld\nhealthz check failed\nhttp=500 time=0.001 err=")],
])("%s", (state, answer) => {
  expect(valuesOf(kubeletHealthz, answer)["kubelet.healthz"]).toBe(state);
});

test("keeps what was said when it was not ok", () => {
  const answer = value("[-]syncloop failed: reason withheld\nhttp=500 err=");
  expect(valuesOf(kubeletHealthz, answer)["kubelet.healthzMessage"]).toContain("syncloop failed");
});

test("no curl, no answer", () => {
  expect(
    valuesOf(kubeletHealthz, value("", { stderr: "bash: line 1: curl: command not found", exitCode: 127 })),
  ).toEqual({});
});
