import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { valuesOf } from "../../src/collect/parse/testing.ts";
import type { CloudQuestion } from "../../src/collect/ports.ts";
import { cloudConsole } from "../../src/collect/probes/cloud-console.ts";
import { cloudEvents } from "../../src/collect/probes/cloud-events.ts";
import { cloudInstance } from "../../src/collect/probes/cloud-instance.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { awsReader } from "../../src/platform/cloud/aws.ts";
import { httpAsk } from "../../src/platform/cloud/http.ts";

/** EC2's API by moto, which checks every signature once its first calls are over. */
const folder = mkdtempSync(join(tmpdir(), "node-why-ec2-"));
const unsigned = 6;
let server: ChildProcess;
let base: string;
let instance: string;
let stopped: string;
let terminated: string;

beforeAll(async () => {
  const moto = execFileSync("tools/moto-for-tests.sh", { encoding: "utf8" }).trim();
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  const env = { ...process.env, INITIAL_NO_AUTH_ACTION_COUNT: `${unsigned}` };
  server = spawn(moto, ["-H", "127.0.0.1", "-p", `${port}`], { env, stdio: "ignore" });
  await listens(port);
  const ran = await plain("ec2", { Action: "RunInstances", ImageId: "ami-12c6146b", MinCount: "3", MaxCount: "3" });
  [instance = "", stopped = "", terminated = ""] = [...ran.matchAll(/<instanceId>(i-[0-9a-f]+)/g)].map(([, id]) => id);
  await plain("ec2", { Action: "StopInstances", "InstanceId.1": stopped });
  await plain("ec2", { Action: "TerminateInstances", "InstanceId.1": terminated });
  await plain("iam", { Action: "CreateUser", UserName: "reader" });
  const allowed = { Effect: "Allow", Action: "ec2:*", Resource: "*" };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [allowed] });
  await plain("iam", { Action: "PutUserPolicy", UserName: "reader", PolicyName: "read", PolicyDocument: policy });
  const key = await plain("iam", { Action: "CreateAccessKey", UserName: "reader" });
  const [, id = ""] = /<AccessKeyId>([^<]+)/.exec(key) ?? [];
  const [, secret = ""] = /<SecretAccessKey>([^<]+)/.exec(key) ?? [];
  writeFileSync(join(folder, "keys"), JSON.stringify({ AccessKeyId: id, SecretAccessKey: secret }));
  writeFileSync(join(folder, "wrong"), JSON.stringify({ AccessKeyId: id, SecretAccessKey: "x".repeat(40) }));
}, 300_000);

afterAll(async () => {
  const ended = new Promise((resolve) => server.on("exit", resolve));
  server.kill("SIGKILL");
  await ended;
  rmSync(folder, { recursive: true });
});

const readerWith = (file: string) =>
  awsReader(
    { credential: { kind: "file", file: join(folder, file) }, endpoint: base, timeoutMs: 8_000 },
    { clock: systemClock, ask: httpAsk, env: {} },
  );

function asked(question: CloudQuestion, id = instance, file = "keys") {
  const machine = { node: "worker-1", providerID: `aws:///us-east-1a/${id}`, address: null };
  return readerWith(file).get(question, machine, { timeoutMs: 8_000, maxBytes: 256 * 1024 });
}

describe("an instance of EC2", () => {
  test("runs, its checks are in order, and its console is read", async () => {
    expect(valuesOf(cloudInstance, await asked("instance"))).toMatchObject({
      "cloud.instance.state": "running",
      "cloud.instance.launched": expect.stringMatching(/^20\d\d-/),
      "cloud.instance.preempted": false,
    });
    expect(valuesOf(cloudEvents, await asked("events"))).toMatchObject({
      "cloud.check.system": "ok",
      "cloud.check.instance": "ok",
      "cloud.maintenance.rows": [],
    });
    const console = await asked("console");
    expect(console).toMatchObject({ kind: "value", stdout: expect.stringContaining("Linux version"), excerpt: true });
    const context = { at: null, year: null, asked: [], evidenceAt: null, node: null };
    expect(cloudConsole.read(console, context).logs?.kernel).toContain("Linux version");
  });

  test("one that was stopped says by whom and when, one that was terminated stays known for a while", async () => {
    expect(valuesOf(cloudInstance, await asked("instance", stopped))).toMatchObject({
      "cloud.instance.state": "stopped",
      "cloud.instance.stateReason": expect.stringMatching(/^Client\.UserInitiatedShutdown/),
      "cloud.instance.stopped": expect.stringMatching(/^20\d\d-/),
    });
    expect(valuesOf(cloudInstance, await asked("instance", terminated))).toMatchObject({
      "cloud.instance.state": "terminated",
    });
  });

  test("one that nobody has is gone", async () => {
    expect(valuesOf(cloudInstance, await asked("instance", "i-0123456789abcdef0"))).toEqual({
      "cloud.instance.state": "gone",
    });
  });

  test("a wrong key is refused, and says so", async () => {
    const refused = await asked("instance", instance, "wrong");
    expect(refused).toMatchObject({
      kind: "unavailable",
      reason: expect.stringMatching(/^(unauthenticated|forbidden)$/),
    });
  });
});

/** A call that moto takes without a signature. */
async function plain(service: string, form: Record<string, string>): Promise<string> {
  const scope = `AWS4-HMAC-SHA256 Credential=x/20261121/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=x`;
  const version = service === "ec2" ? "2016-11-15" : "2010-05-08";
  const body = new URLSearchParams({ ...form, Version: version });
  const host = `${service}.us-east-1.amazonaws.com`;
  const response = await fetch(base, { method: "POST", body, headers: { authorization: scope, host } });
  return response.text();
}

async function freePort(): Promise<number> {
  const held = createServer();
  await new Promise<void>((resolve) => held.listen(0, "127.0.0.1", resolve));
  const { port } = held.address() as AddressInfo;
  await new Promise((resolve) => held.close(resolve));
  return port;
}

/** moto says nothing when it is ready; its own page answers then. */
async function listens(port: number): Promise<void> {
  for (;;) {
    const up = await fetch(`http://127.0.0.1:${port}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
