import { expect, test } from "@jest/globals";
import { ports } from "./ports.ts";

const derive = (rows: readonly Record<string, string | number | null>[]) =>
  ports.derive(new Map([["port.rows", rows]]), { at: null });

test("names who listens on the kubelet's ports", () => {
  expect(
    derive([
      { port: 10250, address: "*", process: "kubelet", pid: 7 },
      { port: 22, address: "*", process: "sshd", pid: 1 },
    ]),
  ).toEqual({
    "port.kubelet": true,
    "port.10250Owner": { value: "kubelet", line: "kubelet listens on *:10250" },
    "port.kubeletHealthz": false,
    "port.10248Owner": null,
  });
});

test("a listener we may not see has no owner", () => {
  expect(derive([{ port: 10248, address: "127.0.0.1", process: null, pid: null }])).toMatchObject({
    "port.kubeletHealthz": true,
    "port.10248Owner": null,
  });
});

test("no table, nothing said", () => {
  expect(ports.derive(new Map(), { at: null })).toEqual({});
});
