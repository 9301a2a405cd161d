import { expect, test } from "@jest/globals";
import { unavailable, value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { reachSsh } from "./reach-ssh.ts";

test.each([
  ["open", value("open")],
  ["refused", value("refused")],
  ["timed-out", unavailable("hung", "")],
  ["open", value("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10\nrc=0\n[exit 0]")],
  ["refused", value("ssh: connect to host 10.77.0.13 port 22: Connection refused", { exitCode: 255 })],
  ["timed-out", value("ssh: connect to host 10.77.0.13 port 22: Connection timed out", { exitCode: 255 })],
  ["no-route", value("ssh: connect to host 10.77.0.13 port 22: No route to host", { exitCode: 255 })],
  ["open", value("root@10.77.0.13: Permission denied (publickey).", { exitCode: 255 })],
])("%s", (state, answer) => {
  expect(valuesOf(reachSsh, answer)).toEqual({ "reach.ssh": state });
});

test("an ssh that says nothing and succeeds was let in", () => {
  expect(valuesOf(reachSsh, value("[exit 0]"), { asked: ["ssh root@10.77.0.13 true"] })).toEqual({
    "reach.ssh": "open",
  });
  expect(valuesOf(reachSsh, value("[exit 255]"), { asked: ["ssh root@10.77.0.13 true"] })).toEqual({});
});
