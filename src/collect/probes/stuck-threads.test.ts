import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { stuckThreads } from "./stuck-threads.ts";

const asked = ["ps", "-eLo", "pid,lwp,s,wchan:32,comm", "--sort=s"];

/** procps 4.0; the kubelet's first thread sleeps while another waits for a FUSE server that never answers. */
const sample = `    PID     LWP S WCHAN                            COMMAND
    156     165 D fuse_get_req                     kubelet
    156     156 S futex_do_wait                    kubelet
      1       1 S do_epoll_wait                    systemd`;

test("finds the thread and the process it belongs to", () => {
  expect(valuesOf(stuckThreads, sample, { asked })["thread.dRows"]).toEqual([
    {
      pid: 156,
      comm: "kubelet",
      wchan: "fuse_get_req",
      line: "156     165 D fuse_get_req                     kubelet",
    },
  ]);
});

test("nothing stuck is an answer, even where the end was cut off: the stuck come first", () => {
  const text = sample.replace(/.*fuse_get_req.*\n/, "");
  expect(valuesOf(stuckThreads, text, { asked })["thread.dRows"]).toEqual([]);
  const cut = { ...value(text), truncated: true };
  expect(valuesOf(stuckThreads, cut, { asked })["thread.dRows"]).toEqual([]);
});

test("no table tells nothing", () => {
  expect(valuesOf(stuckThreads, "error: improper list", { asked })).toEqual({});
});
