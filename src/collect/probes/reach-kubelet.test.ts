import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { reachKubelet } from "./reach-kubelet.ts";

const asked = ["curl -sk -m 5 https://10.77.0.13:10250/healthz"];

test.each([
  ["open", "open"],
  ["timed-out", "timed-out"],
])("a connection answers %s", (word, state) => {
  expect(valuesOf(reachKubelet, word)).toEqual({ "reach.kubelet": state });
});

/** curl 7.88 as the lab recorded it: 401 is an answer too. */
test.each([
  ["open", "Unauthorized\nhttp=401 err=\n[exit 0]"],
  ["refused", "\nhttp=000 err=Failed to connect to 10.77.0.13 port 10250 after 0 ms: Couldn't connect to server"],
  ["timed-out", "curl: (28) Connection timed out after 5001 milliseconds"],
  ["no-route", "curl: (7) Failed to connect to 10.77.0.13 port 10250: No route to host"],
])("curl shows %s", (state, text) => {
  expect(valuesOf(reachKubelet, value(text), { asked })).toEqual({ "reach.kubelet": state });
});

test("asked on the node itself it tells nothing of the way there", () => {
  expect(reachKubelet.recognises?.(["curl", "https://127.0.0.1:10250/healthz"], "")).toBe(false);
});
