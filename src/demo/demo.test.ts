import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { textOf } from "../collect/parse/answer.ts";
import { defineProbe } from "../collect/probe.ts";
import { nodeObject } from "../collect/probes/node-object.ts";
import { nodes } from "../collect/probes/nodes.ts";
import { clustersOf } from "../compose/clusters.ts";
import { startBot } from "../compose/serve.ts";
import { compileKnowledge } from "../knowledge/compile.ts";
import { systemClock } from "../platform/clock.ts";
import { writeBundle } from "../platform/files/bundle/bundle.ts";
import { createLogger } from "../platform/logger.ts";
import type { Documents } from "../platform/store/documents.ts";
import { openEmbedded } from "../platform/store/embedded.ts";
import { incidentStore } from "../platform/store/incidents.ts";
import { OperatorError } from "../shared/errors.ts";
import { makeEngine } from "../usecases/engine.ts";
import { type DemoOptions, runDemo } from "./demo.ts";
import { nodeSet, unitArgv, unregisteredSet } from "./practice/testing.ts";

const unitKubelet = defineProbe({
  id: "unit-kubelet",
  asks: "Does the kubelet run?",
  provides: { "kubelet.unit.active": { type: "string", says: "ActiveState" } },
  via: { source: "ssh", argv: unitArgv, sudo: true },
  limits: { timeoutMs: 5_000, maxBytes: 10_000 },
  read: (answer) => ({ facts: { "kubelet.unit.active": /ActiveState=(\w+)/.exec(textOf(answer))?.[1] ?? null } }),
});

const cause = (id: string, state: string): string => `
id: ${id}
title: ${id}
area: kubelet
maturity: stable
says: the kubelet is ${state}
what: For the test of the demo.
leads-to: [node-not-ready]
rules:
  - { id: unit, weight: proof, says: "the unit is ${state}", when: { fact: kubelet.unit.active, is: ${state} } }
fixes: [{ says: Start it, steps: [{ argv: [systemctl, start, kubelet] }], risk: low, verify: it runs }]
never: [{ do: Reboot, because: it does not help }]
sources: [test]
cases: []
`;
const symptoms = `
symptoms:
  - { id: node-not-ready, title: NotReady, says: NotReady, when: { fact: node.ready, in: ["False", "Unknown"] }, seen: test }
`;
const noise = "alarming: [{ id: x, log: 'never seen here' }]\nnoise: []\n";

function testEngine() {
  const probes = [nodeObject, nodes, unitKubelet];
  const { knowledge } = compileKnowledge([
    [
      { path: "causes/kubelet/kubelet-idle.yaml", text: cause("kubelet-idle", "inactive") },
      { path: "causes/kubelet/kubelet-crashed.yaml", text: cause("kubelet-crashed", "failed") },
      { path: "symptoms.yaml", text: symptoms },
      { path: "noise.yaml", text: noise },
    ],
  ]);
  return makeEngine({ probes, readers: probes, derivations: [] }, knowledge, "test");
}

let recordings: string;
let storeDir: string;
beforeEach(async () => {
  recordings = await mkdtemp(join(tmpdir(), "node-why-recordings-"));
});
afterEach(() => rm(recordings, { recursive: true }));

async function record(slug: string, set: Parameters<typeof writeBundle>[1], expected: object): Promise<void> {
  await mkdir(join(recordings, slug));
  await writeBundle(join(recordings, slug, "bundle.json.gz"), set);
  await writeFile(join(recordings, slug, "expect.json"), JSON.stringify(expected));
}

async function recordAll(): Promise<void> {
  await record("a-stopped", nodeSet("inactive"), {
    roots: ["kubelet-idle"],
    verdict: "confirmed",
    status: "Unknown",
  });
  await record("b-healthy", nodeSet("active"), { roots: ["none"], verdict: "none", status: "Ready" });
  await record("c-unregistered", unregisteredSet(), {
    roots: ["kubelet-crashed"],
    verdict: "confirmed",
    status: "Missing",
  });
}

function memoryIn(documents: Documents) {
  const incidents = incidentStore(documents);
  return { clock: systemClock, incidents, memoryProblem: null, deadlineMs: 20_000 };
}

async function run(more: Partial<DemoOptions> = {}): Promise<{ code: number; printed: string }> {
  const printed: string[] = [];
  const code = await runDemo({
    script: true,
    io: { out: (text) => void printed.push(text), ...more.io },
    recordings,
    clock: { ...systemClock, after: (_ms, callback) => systemClock.after(0, callback) },
    startProduct: async (settings, adapt) => {
      storeDir = settings.storeDir;
      const documents = await openEmbedded({ dir: settings.storeDir });
      const world = { engine: testEngine(), clusters: clustersOf(settings), ...memoryIn(documents) };
      const bot = await startBot(settings, { world: adapt(world), memory: null }, createLogger("silent"));
      return {
        stop: async () => {
          await bot.stop();
          await documents.close();
        },
      };
    },
    ...more,
  });
  return { code, printed: printed.join("") };
}

/** What was typed, and how the block of text after it begins. */
function exchanges(printed: string): readonly (readonly [string, string])[] {
  return [...printed.matchAll(/^(?:ana|bo) +(\/node .*)\n(?:node-why +Looking for .*\n)?node-why +(.*)/gm)].map(
    ([, typed = "", reply = ""]) => [typed, reply],
  );
}

describe("unattended", () => {
  test("every recorded node is asked about, over Slack, HTTPS and SSH, and the answers are right", async () => {
    await recordAll();
    const { code, printed } = await run();
    expect(code).toBe(0);
    const shown = exchanges(printed);
    expect(shown.map(([typed]) => typed)).toEqual([
      "/node list",
      "/node why practise-1",
      "/node why practice-1",
      "/node why practice-2",
      "/node why practice-3",
      "/node why practice-1",
      "/node history practice-1",
      expect.stringMatching(/^\/node digest \d{4}-W\d\d$/),
    ]);
    const [list, unknown, stopped, healthy, missing, again, history] = shown.map(([, reply]) => reply);
    expect(list).toContain("practice-1");
    expect(unknown).toContain("practise-1");
    expect(stopped).toContain("the kubelet is inactive");
    expect(healthy).toContain("practice-2 Ready");
    expect(missing).toContain("the kubelet is failed");
    expect(again).toContain("the kubelet is inactive");
    expect(history).toContain("kubelet-idle");
    expect(printed).toContain("kubelet.unit.active = inactive"); // the evidence in the thread
    expect(existsSync(storeDir)).toBe(false);
  });

  test("an answer that is not what was recorded ends with 1 and says what differs", async () => {
    await recordAll();
    await record("d-other", nodeSet("failed"), { roots: ["disk-full"], verdict: "confirmed" });
    const { code, printed } = await run();
    expect(code).toBe(1);
    const last = printed.split("\n").at(-2) ?? "";
    for (const part of ["practice-4", "kubelet-crashed", "disk-full"]) expect(last).toContain(part);
  });

  test("a folder without recordings is the operator's to mend", async () => {
    await expect(run()).rejects.toBeInstanceOf(OperatorError);
  });

  test("a product that does not start ends the demo with its own words", async () => {
    await recordAll();
    const startProduct = () => Promise.reject(new OperatorError("the knowledge is broken"));
    await expect(run({ startProduct })).rejects.toThrow("the knowledge is broken");
  });
});

test("Ctrl-C ends the walk and leaves nothing behind", async () => {
  await recordAll();
  const controller = new AbortController();
  const out: string[] = [];
  const io = {
    out: (text: string) => {
      out.push(text);
      if (text.includes("/node why practice-1")) controller.abort();
    },
  };
  expect((await run({ io, stop: controller.signal })).code).toBe(1);
  expect(
    exchanges(out.join(""))
      .map(([typed]) => typed)
      .at(-1),
  ).toBe("/node why practice-1");
  expect(existsSync(storeDir)).toBe(false);
});

describe("attended", () => {
  beforeEach(recordAll);
  const attend = async (lines: (stop: AbortSignal) => AsyncGenerator<string>, stop?: AbortSignal) => {
    const out: string[] = [];
    const io = { out: (text: string) => void out.push(text), lines };
    const { code } = await run({ script: false, io, ...(stop === undefined ? {} : { stop }) });
    return { code, printed: out.join("") };
  };

  test("the page's address comes first, and one may ask at the terminal", async () => {
    async function* typed(): AsyncGenerator<string> {
      yield "/node why practice-3";
      yield "";
      yield "why practice-2";
      yield "/node dance";
    }
    const { code, printed } = await attend(typed);
    expect(code).toBe(0);
    const page = Number(/^Open http:\/\/127\.0\.0\.1:(\d+)\/ /.exec(printed)?.[1]);
    expect(page).toBeGreaterThan(0);
    const asked = exchanges(printed);
    expect(asked.map(([line]) => line)).toEqual(["/node why practice-3", "/node why practice-2", "/node dance"]);
    expect(asked[0]?.[1]).toContain("practice-3");
    expect(asked[2]?.[1]).toContain("dance");
  });

  test("where nobody types, the page stays until it is stopped; a second demo takes another port", async () => {
    const stop = new AbortController();
    async function* nobody(): AsyncGenerator<string> {}
    async function* second(): AsyncGenerator<string> {
      yield "/node help";
    }
    const first = attend(nobody, stop.signal);
    const other = await attend(second).finally(() => stop.abort());
    const pages = [await first, other].map(({ printed }) => /http:\S+/.exec(printed)?.[0]);
    expect(new Set(pages).size).toBe(2);
    expect((await first).code).toBe(0);
  });
});
