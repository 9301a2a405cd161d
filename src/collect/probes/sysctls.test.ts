import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { sysctls } from "./sysctls.ts";

test("reads the files", () => {
  const answer = value("/proc/sys/vm/overcommit_memory:1\n/proc/sys/net/bridge/bridge-nf-call-iptables:0", {
    stderr: "grep: /proc/sys/net/core/bpf_jit_limit: No such file or directory",
    exitCode: 2,
  });
  expect(valuesOf(sysctls, answer)["sysctl.rows"]).toEqual([
    { name: "vm.overcommit_memory", value: "1" },
    { name: "net.bridge.bridge-nf-call-iptables", value: "0" },
  ]);
});

test.each([
  [
    "sysctl",
    "kernel.panic = 10\nnet.core.bpf_jit_limit=452534528",
    ["sysctl kernel.panic"],
    [
      { name: "kernel.panic", value: "10" },
      { name: "net.core.bpf_jit_limit", value: "452534528" },
    ],
  ],
  [
    "cat",
    "8192",
    ["cat /proc/sys/fs/inotify/max_user_watches"],
    [{ name: "fs.inotify.max_user_watches", value: "8192" }],
  ],
])("reads %s", (_, text, asked, rows) => {
  expect(valuesOf(sysctls, text, { asked })["sysctl.rows"]).toEqual(rows);
});
