import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { listening } from "./listening.ts";

/** iproute2 6.1. */
const ss = `State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
LISTEN 0      4096       127.0.0.1:10248      0.0.0.0:*    users:(("kubelet",pid=77,fd=19))
LISTEN 0      4096               *:10250            *:*
LISTEN 0      128             [::]:22            [::]:*    users:(("sshd",pid=57,fd=4))`;
/** net-tools 2.10. */
const netstat = `Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 127.0.0.1:10248         0.0.0.0:*               LISTEN      77/kubelet
tcp6       0      0 :::10250                :::*                    LISTEN      -`;

test("reads ss", () => {
  expect(valuesOf(listening, ss)["port.rows"]).toEqual([
    { port: 10248, address: "127.0.0.1", process: "kubelet", pid: 77 },
    { port: 10250, address: "*", process: null, pid: null },
    { port: 22, address: "[::]", process: "sshd", pid: 57 },
  ]);
});

test("reads netstat", () => {
  expect(valuesOf(listening, netstat)["port.rows"]).toEqual([
    { port: 10248, address: "127.0.0.1", process: "kubelet", pid: 77 },
    { port: 10250, address: "::", process: null, pid: null },
  ]);
});

test("no table, no facts", () => {
  expect(valuesOf(listening, "bash: ss: command not found")).toEqual({});
});
