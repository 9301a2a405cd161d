import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown } from "../parse/testing.ts";
import { podLogs } from "./pod-logs.ts";

/** coreutils 9.1 tail -v -c, containerd 1.7's format of logs; kube-proxy and flannel. */
const folder = "/var/log/pods/kube-system_kube-proxy-x7w2p_5a1c";
const sample = `==> ${folder}/kube-proxy/1.log <==
nd of a line that was cut
2026-11-20T20:00:00.000000000Z stderr F I1120 20:00:00.1 1 server.go:1] "Using iptables"
2026-11-21T02:05:01.123456789Z stderr F E1121 02:05:01.1 1 reflector.go:147] dial tcp 10.0.0.1:6443: i/o timeout

==> /var/log/pods/kube-flannel_kube-flannel-ds-1_77/kube-flannel/0.log <==
2026-11-21T02:04:00.000000000+00:00 stdout F E1121 02:04:00.1 1 main.go:1] failed to acquire lease`;

test("the last hour of each container, with its pod and container", () => {
  const { facts, logs } = podLogs.read(value(sample), nothingKnown);
  expect(logs?.pods?.split("\n")).toEqual([
    "2026-11-21T02:05:01.123456789Z kube-proxy-x7w2p kube-proxy: E1121 02:05:01.1 1 reflector.go:147] dial tcp 10.0.0.1:6443: i/o timeout",
    "2026-11-21T02:04:00.000000000+00:00 kube-flannel-ds-1 kube-flannel: E1121 02:04:00.1 1 main.go:1] failed to acquire lease",
  ]);
  expect(facts?.["pods.logFiles"]).toHaveLength(2);
});

test.each(["find: ‘/var/log/pods’: No such file or directory", "", "sudo: a password is required"])(
  "%j is no log",
  (text) => {
    expect(podLogs.read(value(text), nothingKnown)).toEqual({});
  },
);

test("a Ready node is not asked", () => {
  const { via } = podLogs;
  const argv = (ready: string) =>
    via.source === "ssh" && typeof via.argv === "function" ? via.argv(new Map([["node.ready", ready]])) : [];
  expect(argv("True")).toBeNull();
  expect(argv("Unknown")?.[0]).toBe("find");
});
