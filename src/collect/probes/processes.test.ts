import { describe, expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { processes } from "./processes.ts";

/** procps 4.0, a containerd under SIGSTOP and a process that waits for a dead file server. */
const sample = `    PID    PPID STAT ELAPSED   RSS WCHAN                            COMMAND
     76       1 Ssl      242 85168 futex_do_wait                    kubelet
     48       1 Tsl      242 42928 do_signal_stop                   containerd
     99       1 S        240 12000 futex_do_wait                    containerd-shim
    300       1 D        100   900 nfs_wait_bit_killable            df
      1       0 Ss       243 11896 -                                systemd`;
const asked = ["ps", "-eo", "pid,ppid,stat,etimes,rss,wchan:32,comm", "--sort=-rss"];

describe("ps on the node", () => {
  test("finds the kubelet, the runtime and what is stuck", () => {
    expect(valuesOf(processes, sample, { asked, evidenceAt: "2026-11-21T14:00:00.000Z" })).toEqual({
      "kubelet.process.count": 1,
      "kubelet.process.state": "S",
      "kubelet.process.startedAt": "2026-11-21T13:55:58.000Z",
      "kubelet.process.waiting": "futex_do_wait",
      "runtime.process.state": "T",
      "runtime.process.waiting": "do_signal_stop",
      "process.dState": 1,
      "process.dRows": [{ pid: 300, comm: "df", wchan: "nfs_wait_bit_killable" }],
    });
  });

  test("no kubelet among all processes is none", () => {
    const text = sample.replace(/.*kubelet\n/, "").replace(/.* df\n/, "");
    expect(valuesOf(processes, text, { asked })).toMatchObject({ "kubelet.process.count": 0, "process.dState": 0 });
  });
});

describe("what people paste", () => {
  test("a filtered table proves no absence", () => {
    const text = sample.replace(/.*kubelet\n/, "").replace(/.* df\n/, "");
    expect(valuesOf(processes, text, { asked: ["ps -eo pid,ppid,stat,etimes,rss,wchan:32,comm | head -4"] })).toEqual({
      "runtime.process.state": "T",
      "runtime.process.waiting": "do_signal_stop",
    });
  });

  test("ps aux", () => {
    const text = `USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
root          77  1.0  0.3 1823484 81360 ?       Dsl  02:11   0:01 /usr/bin/kubelet --v=2`;
    expect(valuesOf(processes, text, { asked: ["ps aux"] })).toMatchObject({
      "kubelet.process.state": "D",
      "process.dState": 1,
    });
  });
});
