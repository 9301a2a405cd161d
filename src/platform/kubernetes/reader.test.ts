import { afterEach, describe, expect, test } from "@jest/globals";
import { type HttpsApi, json, kubeconfigFor, startHttpsApi } from "../../../test/support/https-api.ts";
import type { Answer } from "../../evidence/evidence.ts";
import { systemClock } from "../clock.ts";
import { httpGetOver } from "./http-get.ts";
import { kubernetesReader } from "./reader.ts";

const running: HttpsApi[] = [];
afterEach(async () => {
  for (const api of running.splice(0)) await api.close();
});

type Script = Parameters<typeof startHttpsApi>[0];
const limits = { timeoutMs: 5_000, maxBytes: 100_000 };

async function asking(script: Script, trust?: "ca.crt" | "other-ca.crt") {
  const api = await startHttpsApi(script);
  running.push(api);
  const reader = kubernetesReader(httpGetOver(kubeconfigFor(api.url, trust), systemClock), systemClock);
  const get = (path: string, more: Partial<typeof limits> = {}, signal?: AbortSignal): Promise<Answer> =>
    reader.get(path, { ...limits, ...more }, signal);
  return { api, get };
}

const status = (message: string): unknown => ({ kind: "Status", message });
const bodyOf = (answer: Answer): unknown => (answer.kind === "value" ? JSON.parse(answer.stdout) : answer);

describe("an answer", () => {
  test("is the object without its field managers, and when it was given", async () => {
    const credentials: unknown[] = [];
    const { api, get } = await asking((request, response) => {
      credentials.push(request.headers.authorization);
      const images = [{ names: ["pause:1"] }];
      json(
        response,
        200,
        { kind: "Node", metadata: { name: "n", managedFields: [{}] }, status: { images } },
        { date: "Sat, 21 Nov 2026 12:00:00 GMT" },
      );
    });
    const answer = await get("/api/v1/nodes/n");
    expect(bodyOf(answer)).toEqual({
      kind: "Node",
      metadata: { name: "n" },
      status: { images: [{ names: ["pause:1"] }] },
    });
    expect(answer).toMatchObject({ exitCode: 0, truncated: false, stderr: "date: Sat, 21 Nov 2026 12:00:00 GMT\n" });
    expect([api.asked, credentials]).toEqual([["/api/v1/nodes/n"], ["Bearer the-token"]]);
  });

  test("may be plain text, cut at the limit", async () => {
    const { api, get } = await asking((_, response) => response.end("ok\n".repeat(1_000)));
    expect(await get("/readyz")).toMatchObject({ kind: "value", truncated: false });
    expect(await get("/readyz", { maxBytes: 10 })).toMatchObject({ stdout: "ok\nok\nok\no", truncated: true });
    expect(api.asked).toEqual(["/readyz", "/readyz"]);
  });

  test("of a large list comes in pages, trimmed", async () => {
    const item = (name: string): unknown => ({
      metadata: {
        name,
        managedFields: [{}],
        annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}", a: "b" },
      },
      status: { images: [{}], phase: "x" },
    });
    const { api, get } = await asking((request, response) => {
      const next = new URL(request.url ?? "", "https://x").searchParams.get("continue");
      const page = next === null ? ["a", "b"] : ["c"];
      json(response, 200, {
        kind: "NodeList",
        metadata: next === null ? { continue: "p 2" } : {},
        items: page.map(item),
      });
    });
    const answer = await get("/api/v1/nodes?labelSelector=x");
    expect(bodyOf(answer)).toEqual({
      kind: "NodeList",
      items: ["a", "b", "c"].map((name) => ({ metadata: { name, annotations: { a: "b" } }, status: { phase: "x" } })),
    });
    expect(api.asked).toEqual([
      "/api/v1/nodes?labelSelector=x&limit=500",
      "/api/v1/nodes?labelSelector=x&limit=500&continue=p%202",
    ]);
  });

  test("of a list that is too long is cut between items, and says so", async () => {
    const items = Array.from({ length: 500 }, (_, index) => ({ metadata: { name: `n${index}` } }));
    const { api, get } = await asking((_, response) =>
      json(response, 200, { kind: "NodeList", metadata: { continue: "more" }, items }),
    );
    const answer = await get("/api/v1/nodes", { maxBytes: 1_000 });
    expect(answer).toMatchObject({ kind: "value", truncated: true });
    expect(answer.kind === "value" && answer.stdout.length).toBeLessThanOrEqual(1_000);
    expect(bodyOf(answer)).toMatchObject({ items: expect.arrayContaining([{ metadata: { name: "n0" } }]) });
    expect(api.asked).toHaveLength(1);
  });

  test("of a list whose later page cannot be read is what came", async () => {
    const { get } = await asking((request, response) =>
      request.url?.includes("continue")
        ? json(response, 410, status("too old"))
        : json(response, 200, {
            kind: "PodList",
            metadata: { continue: "more" },
            items: [{ metadata: { name: "p" } }],
          }),
    );
    expect(await get("/api/v1/pods")).toMatchObject({ kind: "value", truncated: true });
  });

  test("that the probe asked for by number is not asked for again", async () => {
    const { api, get } = await asking((_, response) =>
      json(response, 200, { kind: "NodeList", metadata: { continue: "more" }, items: [] }),
    );
    expect(await get("/api/v1/nodes?limit=1")).toMatchObject({ truncated: true });
    expect(api.asked).toEqual(["/api/v1/nodes?limit=1"]);
  });
});

describe("no answer", () => {
  const forbidden = '{apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["get"]}';
  test.each<[number, object]>([
    [404, { kind: "absent", detail: "said so" }],
    [401, { reason: "unauthenticated" }],
    [403, { reason: "forbidden", grant: forbidden }],
    [400, { reason: "unreadable" }],
  ])("status %i", async (code, expected) => {
    const { api, get } = await asking((_, response) => json(response, code, status("said so")));
    expect(await get("/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n")).toMatchObject(expected);
    expect(api.asked).toHaveLength(1);
  });

  test.each<[number, string]>([
    [429, "refused"],
    [500, "refused"],
    [503, "refused"],
    [504, "timed-out"],
  ])("status %i twice; once is forgiven", async (code, reason) => {
    let failures = 2;
    const { api, get } = await asking((_, response) => {
      failures -= 1;
      if (failures >= 0) json(response, code, status("busy"));
      else json(response, 200, { kind: "Node" });
    });
    expect(await get("/api/v1/nodes/n")).toMatchObject({ reason, detail: expect.stringContaining("busy") });
    failures = 1;
    expect(await get("/api/v1/nodes/n")).toMatchObject({ kind: "value" });
    expect(api.asked).toHaveLength(4);
  });

  test("a connection that breaks; once is forgiven", async () => {
    let breaks = 1;
    const { get } = await asking((request, response) => {
      breaks -= 1;
      if (breaks >= 0) request.socket.destroy();
      else json(response, 200, { kind: "Node" });
    });
    expect(await get("/api/v1/nodes/n")).toMatchObject({ kind: "value" });
    breaks = 2;
    expect(await get("/api/v1/nodes/n")).toMatchObject({ reason: "cut-off" });
  });

  test("silence", async () => {
    const { get } = await asking(() => undefined);
    expect(await get("/api/v1/nodes/n", { timeoutMs: 200 })).toMatchObject({ reason: "timed-out" });
  });

  test("a body that never ends in time", async () => {
    const { get } = await asking((_, response) => response.write("x"));
    expect(await get("/readyz", { timeoutMs: 200 })).toMatchObject({ reason: "timed-out" });
  });

  test("the deadline of the whole diagnosis", async () => {
    const controller = new AbortController();
    const { get } = await asking(() => controller.abort());
    expect(await get("/api/v1/nodes/n", {}, controller.signal)).toMatchObject({ reason: "timed-out" });
  });

  test("nobody listens", async () => {
    const { api, get } = await asking(() => undefined);
    await api.close();
    expect(await get("/api/v1/nodes/n")).toMatchObject({ reason: "refused" });
  });

  test("a server of another authority", async () => {
    const { api, get } = await asking((_, response) => json(response, 200, {}), "other-ca.crt");
    expect(await get("/api/v1/nodes/n")).toMatchObject({
      reason: "unreadable",
      detail: expect.stringContaining("TLS"),
    });
    expect(api.asked).toEqual([]);
  });

  test("what calls itself JSON and is not", async () => {
    const { get } = await asking((_, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end("{half"),
    );
    expect(await get("/api/v1/nodes/n")).toMatchObject({ reason: "unreadable" });
  });

  test("a stream that never ends is left at its limit", async () => {
    let sent = 0;
    const block = Buffer.alloc(1_000_000, "x");
    const { get } = await asking((_, response) => {
      const more = (): void => {
        while (!response.destroyed && sent < 1e9) {
          sent += block.length;
          if (!response.write(block)) return;
        }
      };
      response.on("drain", more);
      more();
    });
    expect(await get("/api/v1/nodes/n/proxy/logs/")).toMatchObject({ kind: "value", truncated: true });
    expect(sent).toBeLessThan(100e6);
  });

  test("a credential plugin that is not there", async () => {
    const config = kubeconfigFor("https://127.0.0.1:1");
    config.users = [{ name: "reader", exec: { command: "/no/such/plugin" } } as never];
    const reader = kubernetesReader(httpGetOver(config, systemClock), systemClock);
    expect(await reader.get("/readyz", limits)).toMatchObject({
      reason: "unauthenticated",
      detail: expect.stringContaining("/no/such/plugin"),
    });
  });
});
