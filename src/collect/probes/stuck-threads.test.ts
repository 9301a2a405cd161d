import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { stuckThreads } from "./stuck-threads.ts";

/** procps 4.0; the kubelet's first thread sleeps while another waits for a FUSE server that never answers. */
const sample = `    PID     LWP S WCHAN                            COMMAND
      1       1 S do_epoll_wait                    systemd
    156     156 S futex_do_wait                    kubelet
    156     165 D fuse_get_req                     kubelet`;

test("finds the thread and the process it belongs to", () => {
  expect(valuesOf(stuckThreads, sample)["thread.dRows"]).toEqual([
    {
      pid: 156,
      comm: "kubelet",
      wchan: "fuse_get_req",
      line: "156     165 D fuse_get_req                     kubelet",
    },
  ]);
});

test("nothing stuck is an answer, unless the end was cut off", () => {
  const text = sample.replace(/\n.*fuse_get_req.*/, "");
  expect(valuesOf(stuckThreads, text)["thread.dRows"]).toEqual([]);
  expect(valuesOf(stuckThreads, { ...value(text), truncated: true })).toEqual({});
});

test("no table tells nothing", () => {
  expect(valuesOf(stuckThreads, "error: improper list")).toEqual({});
});
