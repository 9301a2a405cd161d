import { describe, expect, test } from "@jest/globals";
import { unavailable, value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { crictlInfo } from "./crictl-info.ts";

/** crictl 1.34, containerd 1.6.20; most of its config left out. */
const sample = `{
  "cniconfig": {
    "PluginConfDir": "/etc/cni/net.d"
  },
  "config": {
    "cni": { "binDir": "/opt/cni/bin", "confDir": "/etc/cni/net.d" },
    "containerd": {
      "defaultRuntimeName": "runc",
      "runtimes": { "runc": { "options": { "BinaryName": "", "SystemdCgroup": true }, "runtimeType": "io.containerd.runc.v2" } }
    },
    "sandboxImage": "lab/pause:1",
    "systemdCgroup": false
  },
  "golang": "go1.19.8",
  "lastCNILoadStatus": "cni config load failed: no network config found in /etc/cni/net.d: cni plugin not initialized: failed to load cni config",
  "status": {
    "conditions": [
      { "message": "", "reason": "", "status": true, "type": "RuntimeReady" },
      {
        "message": "Network plugin returns error: cni plugin not initialized",
        "reason": "NetworkPluginNotReady",
        "status": false,
        "type": "NetworkReady"
      }
    ]
  }
}`;
const fatal = (reason: string) =>
  `time="2026-11-21T02:12:09Z" level=fatal msg="validate service connection: validate CRI v1 runtime API for endpoint \\"unix:///run/containerd/containerd.sock\\": rpc error: ${reason}"`;

test("reads what the runtime says of itself", () => {
  expect(valuesOf(crictlInfo, `${sample}\nrc=0\n[exit 0]`)).toMatchObject({
    "cri.answers": "ok",
    "cri.runtimeReady": true,
    "cri.networkReady": false,
    "cri.networkMessage": "Network plugin returns error: cni plugin not initialized",
    "cri.systemdCgroup": true,
    "cri.cniBinDir": "/opt/cni/bin",
    "cri.cniConfDir": "/etc/cni/net.d",
    "cri.sandboxImage": "lab/pause:1",
  });
});

describe("a runtime that does not answer", () => {
  test.each([
    [
      "no-socket",
      'code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory"',
    ],
    [
      "refused",
      'code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused"',
    ],
    [
      "permission",
      'code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: permission denied"',
    ],
    [
      "hung",
      'code = Unavailable desc = connection error: desc = "error reading server preface: read unix @->/run/containerd/containerd.sock: use of closed network connection"',
    ],
    ["unimplemented", "code = Unimplemented desc = unknown service runtime.v1.RuntimeService"],
    ["deadline", "code = DeadlineExceeded desc = context deadline exceeded"],
    ["other", "code = Internal desc = something new"],
  ])("%s", (kind, reason) => {
    expect(valuesOf(crictlInfo, value(`rc=1\n${fatal(reason)}\n[exit 0]`))).toMatchObject({ "cri.answers": kind });
  });

  test("a hang is an answer of its own; a missing crictl is none", () => {
    expect(valuesOf(crictlInfo, unavailable("hung", ""))).toEqual({ "cri.answers": "hung" });
    expect(valuesOf(crictlInfo, value("", { exitCode: 124 }))).toEqual({ "cri.answers": "hung" });
    expect(
      valuesOf(crictlInfo, value("", { stderr: "bash: line 1: crictl: command not found", exitCode: 127 })),
    ).toEqual({});
  });
});

test("asks the socket that was found, with the flavour's own crictl", () => {
  const { via } = crictlInfo;
  const ask = via.source === "ssh" && typeof via.argv === "function" ? via.argv : () => null;
  expect(ask(new Map())).toEqual(["crictl", "--timeout", "5s", "info"]);
  const known = new Map<string, string | boolean>([
    ["cri.socket.path", "/run/k3s/containerd/containerd.sock"],
    ["cri.socket.exists", true],
    ["kubelet.unit.name", "k3s-agent.service"],
  ]);
  expect(ask(known)).toEqual([
    "k3s",
    "crictl",
    "--timeout",
    "5s",
    "--runtime-endpoint",
    "unix:///run/k3s/containerd/containerd.sock",
    "info",
  ]);
});
