import { expect, test } from "@jest/globals";
import { unavailable, value } from "../../evidence/evidence.ts";
import { readFacts } from "../../facts/read.ts";
import { kubeletApiLog } from "./kubelet-api-log.ts";
import { kubeletApiRuntimeLog } from "./kubelet-api-runtime-log.ts";

/** journalctl --output=short-precise, as the kubelet calls it (1.34, kubelet_server_journal_linux.go). */
const line =
  'Nov 21 11:58:02.117309 worker-1 kubelet[812]: E1121 11:58:02.117221     812 kubelet.go:2529] "Skipping pod synchronization" err="PLEG is not healthy: pleg was last seen active 3m4s ago; threshold is 3m0s"';

const streamsOf = (probe: typeof kubeletApiLog, answer: Parameters<typeof probe.read>[0]) => {
  const item = {
    probe: probe.id,
    source: "kubelet-api",
    asked: ["GET", "/logs/"],
    at: null,
    tookMs: 1,
    answer,
  } as const;
  const set = {
    schema: 1,
    node: "worker-1",
    cluster: null,
    at: "2026-11-21T12:00:00Z",
    year: 2026,
    items: [item],
  } as const;
  return readFacts(set, { readers: [probe], derivations: [] }).logs;
};

test("its lines are the kubelet's, with time and writer", () => {
  const kubelet = streamsOf(kubeletApiLog, value(`${line}\n`)).get("kubelet");
  expect(kubelet).toMatchObject({
    complete: true,
    lines: [{ program: "kubelet", pid: 812, at: Date.parse("2026-11-21T11:58:02.117Z") }],
  });
});

test("as many lines as were asked for are not the whole log", () => {
  expect(streamsOf(kubeletApiLog, value(line, { truncated: true })).get("kubelet")).toMatchObject({ complete: false });
  expect(streamsOf(kubeletApiLog, unavailable("forbidden", "x")).get("kubelet")).toMatchObject({ complete: false });
});

test("the runtime's are the runtime's", () => {
  expect(streamsOf(kubeletApiRuntimeLog, value(line)).get("runtime")?.lines).toHaveLength(1);
});
