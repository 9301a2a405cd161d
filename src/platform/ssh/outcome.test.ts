import { describe, expect, test } from "@jest/globals";
import type { Command } from "../../collect/ports.ts";
import { answerOf, type Ended, lacksNodeTimeout } from "./outcome.ts";

const command: Command = {
  argv: ["crictl", "info"],
  sudo: true,
  limits: { timeoutMs: 5_000, maxBytes: 1_000 },
  keep: "head",
};
const wrap = { marker: "m", user: "reader", nodeTimeout: true, ends: "lifeline" } as const;
const ended = (more: Partial<Ended>): Ended => ({
  how: "exited",
  pid: 42,
  stdout: "",
  stderr: "",
  truncated: false,
  exitCode: 0,
  tookMs: 10,
  noise: "",
  ...more,
});

describe("how a channel ended", () => {
  test.each<[string, Partial<Ended>, object]>([
    ["well", { stdout: "out\n", stderr: "warn\n" }, { kind: "value", stdout: "out\n", stderr: "warn\n", exitCode: 0 }],
    ["with a status", { exitCode: 3, stdout: "inactive\n" }, { kind: "value", exitCode: 3 }],
    ["by a signal, soon", { exitCode: null }, { kind: "value", exitCode: null }],
    ["status 137 soon: killed by somebody else", { exitCode: 137 }, { kind: "value", exitCode: 137 }],
    ["stopped by the node's timeout", { exitCode: 124, tookMs: 5_003 }, { reason: "hung" }],
    ["killed by the node's timeout", { exitCode: 137, tookMs: 6_003 }, { reason: "hung" }],
    ["killed by that signal itself", { exitCode: null, tookMs: 6_003 }, { reason: "hung" }],
    ["status 124 long before the limit is the command's own", { exitCode: 124, tookMs: 900 }, { kind: "value" }],
    ["never, and it did not die", { how: "silent", exitCode: null, tookMs: 6_500 }, { reason: "hung" }],
    ["never began", { how: "silent", pid: null, exitCode: null, tookMs: 6_500 }, { reason: "timed-out" }],
    ["at the deadline", { how: "aborted", exitCode: null }, { reason: "timed-out" }],
    ["with the connection", { how: "lost", exitCode: null }, { reason: "cut-off" }],
    [
      "in a flood",
      { how: "flooded", stdout: "y\n", truncated: true, exitCode: 9 },
      { kind: "value", truncated: true, exitCode: null },
    ],
    [
      "before it was opened",
      { how: "not-opened", pid: null, noise: "open failed" },
      { reason: "refused", grant: expect.stringContaining("MaxSessions") },
    ],
    [
      "in the login shell",
      { pid: null, exitCode: 1, noise: "This account is currently not available.\n" },
      { reason: "unreadable", detail: expect.stringContaining("currently not available") },
    ],
    [
      "no such tool",
      { exitCode: 127, stderr: "timeout: failed to run command 'crictl': No such file or directory\n" },
      { reason: "tool-missing" },
    ],
    [
      "no such tool, says sudo",
      { exitCode: 1, stderr: "sudo: crictl: command not found\n" },
      { reason: "tool-missing" },
    ],
    [
      "a tool of BusyBox's that lacks an option (1.35.0, Debian)",
      { exitCode: 1, stderr: "ps: unrecognized option '--sort=-rss'\nBusyBox v1.35.0 (Debian) multi-call binary.\n" },
      { reason: "tool-missing", detail: expect.stringContaining("--sort=-rss") },
    ],
    [
      "a tool that may not be run",
      { exitCode: 126, stderr: "timeout: failed to run command 'x': Permission denied\n" },
      { reason: "forbidden" },
    ],
    [
      "a warning of sudo is no refusal",
      { stdout: "ok\n", stderr: "sudo: unable to resolve host w7\n" },
      { kind: "value" },
    ],
    [
      "nor with a status of the command's own",
      { exitCode: 3, stdout: "inactive\n", stderr: "sudo: unable to resolve host w7\n" },
      { kind: "value" },
    ],
  ])("%s", (_, more, expected) => {
    expect(answerOf(ended(more), command, wrap)).toMatchObject(expected);
  });

  // sudo 1.8.31 to 1.9.13; the last as root-less containers and broken packages say it
  test.each([
    "sudo: a password is required\n",
    "sudo: a terminal is required to read the password; either use the -S option\nsudo: a password is required\n",
    "sudo: no tty present and no askpass program specified\n",
    "sudo: sorry, you must have a tty to run sudo\n",
    "Sorry, user reader is not allowed to execute '/usr/bin/timeout -k 1 5 crictl info' as root on w7.\n",
    "sudo: unable to resolve host w7: Name or service not known\nsudo: a password is required\n",
    "reader is not in the sudoers file.\n",
    "sudo: /etc/sudo.conf must be owned by uid 0\n",
    "sudo: effective uid is not 0, is /usr/bin/sudo on a file system with the 'nosuid' option set?\n",
    "env: 'sudo': No such file or directory\n",
  ])("sudo refused: %s", (stderr) => {
    const exitCode = stderr.startsWith("env") ? 127 : 1;
    expect(answerOf(ended({ exitCode, stderr }), command, wrap)).toMatchObject({
      reason: "sudo-refused",
      grant: "reader ALL=(root) NOPASSWD: /usr/bin/timeout -k 1 5 crictl info",
    });
  });

  test("root needs no sudo, so its words are the command's own", () => {
    const stderr = "sudo: a password is required\n";
    expect(answerOf(ended({ exitCode: 1, stderr }), command, { ...wrap, user: "root" })).toMatchObject({
      kind: "value",
    });
  });
});

test.each<[string, Partial<Ended>, boolean]>([
  ["no timeout, GNU env", { exitCode: 127, stderr: "env: 'timeout': No such file or directory\n" }, true],
  [
    "no timeout, busybox env",
    { exitCode: 127, stderr: "env: can't execute 'timeout': No such file or directory\n" },
    true,
  ],
  ["no timeout, sudo", { exitCode: 1, stderr: "sudo: timeout: command not found\n" }, true],
  ["a busybox timeout without -k", { exitCode: 1, stderr: "timeout: invalid option -- 'k'\nBusyBox v1.29.3\n" }, true],
  ["another tool is missing", { exitCode: 127, stderr: "env: 'crictl': No such file or directory\n" }, false],
  [
    "timeout found no tool",
    { exitCode: 127, stderr: "timeout: failed to run command 'x': No such file or directory\n" },
    false,
  ],
  ["all is well", { stdout: "env: 'timeout': No such file or directory\n" }, false],
])("whether the node lacks timeout: %s", (_, more, expected) => {
  expect(lacksNodeTimeout(ended(more))).toBe(expected);
});
