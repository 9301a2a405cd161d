import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "@jest/globals";
import { type Asked, type HttpApi, startHttpApi } from "../../../test/support/http-api.ts";
import type { CloudQuestion, CloudReader } from "../../collect/ports.ts";
import { ok } from "../../shared/result.ts";
import { systemClock } from "../clock.ts";
import { awsReader } from "./aws.ts";
import { azureReader } from "./azure.ts";
import { googleReader } from "./google.ts";
import { httpAsk } from "./http.ts";

const folder = mkdtempSync(join(tmpdir(), "node-why-cloud-"));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const token = file("token", "ya29.a-token-of-some-length\n");
const keys = file("keys", JSON.stringify({ AccessKeyId: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: "x".repeat(40) }));
const running: HttpApi[] = [];
afterEach(async () => {
  for (const api of running.splice(0)) await api.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const tools = { clock: systemClock, ask: httpAsk, env: {} };
const azureId =
  "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/pool/virtualMachines/7";
const ids = {
  aws: "aws:///eu-west-1a/i-0abc12345def67890",
  gcp: "gce://my-project/europe-west1-b/n1",
  azure: `azure://${azureId}`,
} as const;

type Provider = keyof typeof ids;
const signed = () => Promise.resolve(ok(async () => ({ authorization: "signed" })));
const readers: Readonly<Record<Provider, (url: string, timeoutMs?: number) => CloudReader>> = {
  aws: (endpoint, timeoutMs = 3_000) =>
    awsReader({ credential: { kind: "file", file: keys }, endpoint, timeoutMs }, tools, signed),
  gcp: (endpoint, timeoutMs = 3_000) =>
    googleReader({ credential: { kind: "file", file: token }, endpoint, timeoutMs }, tools),
  azure: (endpoint, timeoutMs = 3_000) =>
    azureReader({ credential: { kind: "file", file: token }, endpoint, timeoutMs }, tools),
};

async function serve(answer: (asked: Asked, response: ServerResponse, url: () => string) => void): Promise<HttpApi> {
  const api = await startHttpApi((asked, response) => answer(asked, response, () => api.url));
  running.push(api);
  return api;
}

const put = (reader: CloudReader, provider: Provider, question: CloudQuestion, timeoutMs = 8_000) =>
  reader.get(question, { node: "n1", providerID: ids[provider], address: null }, { timeoutMs, maxBytes: 256 * 1024 });

describe("what each is asked", () => {
  test("Compute Engine: only the fields that hold no secret, and the operations on this machine", async () => {
    const api = await serve((_, response) => response.end('{"status":"RUNNING"}'));
    const reader = readers.gcp(api.url);
    expect(await put(reader, "gcp", "instance")).toMatchObject({ kind: "value", stdout: '{"status":"RUNNING"}' });
    await put(reader, "gcp", "events");
    const [instance, events] = api.asked;
    expect(instance).toMatchObject({
      path: "/compute/v1/projects/my-project/zones/europe-west1-b/instances/n1",
      headers: { authorization: "Bearer ya29.a-token-of-some-length" },
    });
    expect(instance?.query.get("fields")).not.toContain("metadata");
    expect(events?.query.get("filter")).toBe(
      'targetLink="https://www.googleapis.com/compute/v1/projects/my-project/zones/europe-west1-b/instances/n1"',
    );
  });

  test("Compute Engine: the end of the serial port, as text", async () => {
    const contents = `${"x".repeat(100_000)}\nKernel panic`;
    const api = await serve((_, response) => response.end(JSON.stringify({ contents, start: "0", next: "9" })));
    const answer = await put(readers.gcp(api.url), "gcp", "console");
    expect(answer).toMatchObject({ kind: "value", excerpt: true, stdout: expect.stringMatching(/Kernel panic$/) });
    expect((answer as { stdout: string }).stdout).toHaveLength(64 * 1024);
  });

  test("Azure: the blob of the serial log is read without our token", async () => {
    const api = await serve((asked, response, url) =>
      response.end(
        asked.method === "POST" ? JSON.stringify({ serialConsoleLogBlobUri: `${url()}/log?sig=secret` }) : "last words",
      ),
    );
    expect(await put(readers.azure(api.url), "azure", "console")).toMatchObject({
      stdout: "last words",
      excerpt: true,
    });
    expect(api.asked[0]?.path).toBe(`${azureId}/retrieveBootDiagnosticsData`);
    expect(api.asked[1]?.headers.authorization).toBeUndefined();
  });

  test.each(["http://169.254.169.254/latest/", "https://evil.example/x", "file:///etc/passwd", "x"])(
    "Azure: a blob at %s is not asked for",
    async (serialConsoleLogBlobUri) => {
      const api = await serve((_, response) => response.end(JSON.stringify({ serialConsoleLogBlobUri })));
      expect(await put(readers.azure(api.url), "azure", "console")).toMatchObject({ reason: "unreadable" });
      expect(api.asked).toHaveLength(1);
    },
  );

  test("EC2: a form, signed, for the one instance; an unknown one is absent; the console is no Base64 any more", async () => {
    const api = await serve((asked, response) => {
      if (asked.body.includes("DescribeInstances&")) {
        response
          .writeHead(400)
          .end("<Response><Errors><Error><Code>InvalidInstanceID.NotFound</Code></Error></Errors></Response>");
      } else
        response.end(
          `<GetConsoleOutputResponse><output>${Buffer.from("token: abc").toString("base64")}</output></GetConsoleOutputResponse>`,
        );
    });
    const reader = readers.aws(api.url);
    expect(await put(reader, "aws", "instance")).toMatchObject({ kind: "absent" });
    expect(await put(reader, "aws", "console")).toMatchObject({ stdout: "token: abc", excerpt: true });
    expect(api.asked[0]).toMatchObject({
      method: "POST",
      body: "Action=DescribeInstances&InstanceId.1=i-0abc12345def67890&Version=2016-11-15",
      headers: { authorization: "signed" },
    });
  });
});

describe.each(["aws", "gcp", "azure"] as const)("%s in every bad state is an answer", (provider) => {
  test.each([
    [401, "unauthenticated"],
    [403, "forbidden"],
    [429, "refused"],
    [503, "refused"],
    [302, "unreadable"],
  ])("%i is %s", async (status, reason) => {
    const api = await serve((_, response) => response.writeHead(status, { location: "http://127.0.0.1:1/" }).end("no"));
    expect(await put(readers[provider](api.url), provider, "instance")).toMatchObject({ kind: "unavailable", reason });
    expect(api.asked).toHaveLength(1);
  });

  test("one that accepts and says nothing is timed out", async () => {
    const api = await serve(() => undefined);
    expect(await put(readers[provider](api.url, 150), provider, "instance")).toMatchObject({ reason: "timed-out" });
  });

  test("one that never ends is cut at the limit", async () => {
    const api = await serve((_, response) => {
      const more = (): void => {
        while (response.writable && response.write("x".repeat(64 * 1024)));
      };
      response.on("drain", more);
      more();
    });
    const answer = await put(readers[provider](api.url), provider, "instance");
    expect(answer).toMatchObject({ kind: "value", truncated: true });
    expect((answer as { stdout: string }).stdout.length).toBeLessThanOrEqual(256 * 1024);
  });

  test("nobody listens; another cloud's machine; a credential that is not there", async () => {
    expect(await put(readers[provider]("http://127.0.0.1:1"), provider, "instance")).toMatchObject({
      reason: "refused",
    });
    const machine = { node: "n1", providerID: "k3s://n1", address: null };
    const limits = { timeoutMs: 1_000, maxBytes: 1_000 };
    expect(await readers[provider]("http://127.0.0.1:1").get("instance", machine, limits)).toMatchObject({
      reason: "not-asked",
    });
    rmSync(keys, { force: true });
    rmSync(token, { force: true });
    expect(await put(readers[provider]("http://127.0.0.1:1"), provider, "instance")).toMatchObject({
      reason: "unauthenticated",
    });
    file("keys", JSON.stringify({ AccessKeyId: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: "x".repeat(40) }));
    file("token", "ya29.a-token-of-some-length\n");
  });
});
