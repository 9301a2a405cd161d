import { afterEach, describe, expect, test } from "@jest/globals";
import { type HttpsApi, json, kubeconfigFor, startHttpsApi } from "../../../test/support/https-api.ts";
import type { Answer } from "../../evidence/evidence.ts";
import { systemClock } from "../clock.ts";
import { httpGetOver } from "./http-get.ts";
import { kubeletDirect, kubeletThroughApi } from "./kubelet.ts";

type Script = Parameters<typeof startHttpsApi>[0];
const limits = { timeoutMs: 3_000, maxBytes: 10_000 };
const running: HttpsApi[] = [];
afterEach(async () => {
  for (const api of running.splice(0)) await api.close();
});

async function started(script: Script): Promise<HttpsApi> {
  const api = await startHttpsApi(script);
  running.push(api);
  return api;
}

/** The same server as a kubelet, which has a certificate for 127.0.0.1 and localhost of the cluster's authority. */
async function kubelet(script: Script, more: { trust?: "other-ca.crt"; address?: string; node?: string } = {}) {
  const api = await started(script);
  const config = kubeconfigFor("https://api.invalid:6443", more.trust ?? "ca.crt");
  const { address = "127.0.0.1", node = "worker-1" } = more;
  const reader = kubeletDirect(config, { port: api.port }, systemClock).on({ address, node });
  const get = (path: string, less: Partial<typeof limits> = {}): Promise<Answer> =>
    reader.get(path, { ...limits, ...less });
  return { api, get };
}

describe("the kubelet itself", () => {
  test("is asked at its address with the cluster's credentials, whatever server the kubeconfig names", async () => {
    const shown: unknown[] = [];
    const { api, get } = await kubelet((request, response) => {
      shown.push(request.headers.authorization);
      response.end("ok");
    });
    expect(await get("/healthz")).toMatchObject({ kind: "value", stdout: "ok", exitCode: 0 });
    expect([api.asked, shown]).toEqual([["/healthz"], ["Bearer the-token"]]);
  });

  test("with a certificate of another authority is sent nothing, and its fingerprint is said", async () => {
    const { api, get } = await kubelet((_, response) => response.end("ok"), { trust: "other-ca.crt" });
    const answer = await get("/healthz");
    expect(answer).toMatchObject({ kind: "unavailable", grant: expect.stringContaining("serverTLSBootstrap") });
    expect(answer).toMatchObject({ detail: expect.stringMatching(/SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}/) });
    expect(api.asked).toEqual([]);
  });

  test("with another node's certificate is sent nothing; one that names this node will do", async () => {
    // 127.1 is the same host under a name that its certificate does not have
    const stranger = await kubelet((_, response) => response.end("ok"), { address: "127.1" });
    expect(await stranger.get("/healthz")).toMatchObject({ reason: "unreadable" });
    expect(stranger.api.asked).toEqual([]);
    const named = await kubelet((_, response) => response.end("ok"), { address: "127.1", node: "localhost" });
    expect(await named.get("/healthz")).toMatchObject({ stdout: "ok" });
  });

  test("lets a kubeconfig that skips verification skip none of it", async () => {
    const api = await started((_, response) => response.end("ok"));
    const config = kubeconfigFor("https://api.invalid:6443", "other-ca.crt");
    config.clusters = config.clusters.map((cluster) => ({ ...cluster, skipTLSVerify: true }));
    const reader = kubeletDirect(config, { port: api.port }, systemClock).on({ address: "127.0.0.1", node: "n" });
    expect(await reader.get("/healthz", limits)).toMatchObject({ kind: "unavailable" });
    expect(api.asked).toEqual([]);
  });

  test("says which of its checks fails", async () => {
    const body = "[+]ping ok\n[-]syncloop failed: reason withheld\nhealthz check failed\n";
    const { get } = await kubelet((_, response) => response.writeHead(500).end(body));
    expect(await get("/healthz")).toMatchObject({ kind: "value", stdout: body, exitCode: 1 });
    expect(await get("/configz")).toMatchObject({ kind: "unavailable", reason: "refused" });
  });

  test.each([
    ["/configz", "nodes/configz"],
    ["/stats/summary", "nodes/stats"],
    ["/metrics", "nodes/metrics"],
    ["/logs/?query=kubelet", "nodes/log"],
    ["/healthz", "nodes/healthz"],
  ])("forbids %s: the one subresource that would do is named", async (path, resource) => {
    const { get } = await kubelet((_, response) =>
      response.writeHead(403).end("Forbidden (user=x, verb=get, resource=nodes)"),
    );
    expect(await get(path)).toMatchObject({
      reason: "forbidden",
      detail: "403: not allowed to x",
      grant: `{apiGroups: [""], resources: ["${resource}"], verbs: ["get"]}`,
    });
  });

  test("does not know the token: that is not the kubeconfig's fault", async () => {
    const { get } = await kubelet((_, response) => response.writeHead(401).end("Unauthorized"));
    expect(await get("/healthz")).toMatchObject({
      reason: "unauthenticated",
      grant: expect.stringContaining("authentication.webhook"),
    });
  });

  test("that streams for ever is cut at the byte limit, and one that drips at the time limit", async () => {
    const { get } = await kubelet((request, response) => {
      const flood = request.url === "/metrics";
      const write = (): void => {
        while (flood && response.writable && response.write("x".repeat(4_096)));
      };
      response.on("drain", write).writeHead(200).write("begun\n");
      write();
    });
    expect(await get("/metrics")).toMatchObject({ kind: "value", truncated: true });
    expect(await get("/logs/?query=kubelet", { timeoutMs: 200 })).toMatchObject({ reason: "timed-out" });
  });

  test("where nothing listens is refused at once", async () => {
    const { api, get } = await kubelet(() => undefined);
    await api.close();
    expect(await get("/healthz")).toMatchObject({ reason: "refused" });
  });
});

describe("its log", () => {
  const log = async (body: string, path = "/logs/?query=kubelet&tailLines=3") =>
    (await kubelet((_, response) => response.end(body))).get(path);

  test("with as many lines as were asked for goes on before them", async () => {
    expect(await log("a\nb\nc\n")).toMatchObject({ stdout: "a\nb\nc\n", truncated: true });
    expect(await log("a\nb\n")).toMatchObject({ truncated: false });
  });

  test("is without the kubelet's own remarks", async () => {
    const remarks = "a\n\noptions present and query resolved to log files for [crio]\ntry without specifying options\n";
    expect(await log(remarks)).toMatchObject({ stdout: "a\n\n" });
    expect(await log("-- No entries --\n")).toMatchObject({ stdout: "" });
  });

  test.each([
    ['<!doctype html>\n<pre>\n<a href="pods/">pods/</a>\n</pre>\n', "not-configured"],
    ["\nerror: journal output not available\n", "unreadable"],
  ])("is none: %s", async (body, reason) => {
    expect(await log(body)).toMatchObject({ kind: "unavailable", reason });
  });

  test("may not be served at all", async () => {
    const { get } = await kubelet((_, response) => response.writeHead(405).end("logs endpoint is disabled."));
    expect(await get("/logs/?query=kubelet")).toMatchObject({
      reason: "not-configured",
      grant: expect.stringContaining("enableSystemLogQuery"),
    });
  });
});

describe("through the API server", () => {
  const through = async (script: Script, node = "worker-1") => {
    const api = await started(script);
    const reader = kubeletThroughApi(httpGetOver(kubeconfigFor(api.url), systemClock)).on({ address: "", node });
    return { api, get: (path: string) => reader.get(path, limits) };
  };

  test("only the name is needed, whatever is in it", async () => {
    const { api, get } = await through((_, response) => response.end("ok"), "../$(reboot)?x");
    expect(await get("/logs/?query=kubelet")).toMatchObject({ kind: "value", stdout: "ok" });
    expect(api.asked).toEqual(["/api/v1/nodes/..%2F%24(reboot)%3Fx/proxy/logs/?query=kubelet"]);
  });

  test("forbidden names nodes/proxy; a kubelet that is down is the API server's word", async () => {
    const { get } = await through((request, response) =>
      request.url?.endsWith("/healthz")
        ? json(response, 503, {
            kind: "Status",
            message: "error trying to reach service: dial tcp 10.0.0.7:10250: connect: connection refused",
          })
        : json(response, 403, { kind: "Status", message: "nodes is forbidden" }),
    );
    expect(await get("/configz")).toMatchObject({
      reason: "forbidden",
      grant: '{apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"]}',
    });
    expect(await get("/healthz")).toMatchObject({ reason: "refused", detail: expect.stringContaining("10250") });
  });
});
