import { expect, test } from "@jest/globals";
import { unavailable, value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { systemdAnswers } from "./systemd-answers.ts";

const asked = ["systemctl", "is-system-running"];

/** systemd 252. */
test.each(["running", "degraded", "starting"])("%s", (state) => {
  expect(valuesOf(systemdAnswers, value(state, { exitCode: 1 }), { asked })).toEqual({
    "systemd.state": state,
    "systemd.hung": false,
  });
});

/** systemd 249 and 219. */
test.each([
  "Failed to get properties: Failed to activate service 'org.freedesktop.systemd1': timed out (service_start_timeout=25000ms)",
  "Failed to get properties: Connection timed out",
  "Failed to list units: Connection timed out",
])("%s", (line) => {
  expect(valuesOf(systemdAnswers, line, { asked: ["systemctl status kubelet"] })).toEqual({ "systemd.hung": true });
});

test("a hang is an answer", () => {
  expect(valuesOf(systemdAnswers, unavailable("hung", ""))).toEqual({ "systemd.hung": true });
});

test("another systemctl that answers is no state", () => {
  expect(valuesOf(systemdAnswers, "running", { asked: ["systemctl status x"] })).toEqual({});
});
