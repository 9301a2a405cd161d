import { describe, expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { readLines } from "../../facts/lines.ts";
import { nothingKnown } from "../parse/testing.ts";
import { logsKernel } from "./logs-kernel.ts";
import { logsKubelet } from "./logs-kubelet.ts";
import { logsRuntime } from "./logs-runtime.ts";

/** The form of https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-within-a-range-of-time */
const loki = (values: readonly (readonly [string, string])[]) =>
  JSON.stringify({
    status: "success",
    data: { resultType: "streams", result: [{ stream: { unit: "kubelet.service" }, values }] },
  });
const read = (probe: typeof logsKubelet, text: string) =>
  probe.read(value(text, { excerpt: true }), { ...nothingKnown, node: "worker-1" }).logs;

describe("Loki", () => {
  test("lines come newest first and are read oldest first, with time and writer", () => {
    const text = loki([
      ["1795261500000000000", "E1121 11:45:00.1 812 kubelet.go:2529] second"],
      ["1795261499500000000", '{"MESSAGE":"first","_PID":"812"}'],
    ]);
    const lines = readLines("kubelet", read(logsKubelet, text)?.kubelet ?? "", "logs-kubelet", 2026);
    expect(lines).toMatchObject([
      { program: "kubelet", at: 1795261499500, text: expect.stringMatching(/: first$/) },
      { program: "kubelet", at: 1795261500000 },
    ]);
  });
});

describe("Elasticsearch", () => {
  test("hits become lines of their program", () => {
    const hit = {
      "@timestamp": "2026-11-21T11:45:00.000Z",
      message: "level=error\nmsg=x",
      process: { pid: 700 },
      systemd: { unit: "containerd.service" },
    };
    const text = JSON.stringify({ took: 3, hits: { total: { value: 1 }, hits: [{ _source: hit }] } });
    expect(read(logsRuntime, text)).toEqual({
      runtime: "2026-11-21T11:45:00.000Z worker-1 containerd[700]: level=error msg=x",
    });
  });
});

test.each(["", "{}", '{"hits":{"hits":[{}]}}', '{"data":{"result":[{"values":[["x","y"]]}]}}'])(
  "%s is no log",
  (text) => {
    expect(read(logsKernel, text)).toBeUndefined();
  },
);
