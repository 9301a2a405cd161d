import { afterEach, describe, expect, test } from "@jest/globals";
import { type HttpApi, startHttpApi } from "../../../test/support/http-api.ts";
import { systemClock } from "../clock.ts";
import { httpAsk } from "./http.ts";
import { logsReader } from "./log-stores.ts";
import { equals, literal, quoted } from "./matchers.ts";
import { prometheusReader } from "./prometheus.ts";

const running: HttpApi[] = [];
afterEach(async () => {
  for (const api of running.splice(0)) await api.close();
});
const serve = async (text = "{}", status = 200): Promise<HttpApi> => {
  const api = await startHttpApi((_, response) => response.writeHead(status).end(text));
  running.push(api);
  return api;
};
const tools = { clock: systemClock, ask: httpAsk };
const machine = { node: "worker-1.example", providerID: null, address: "10.0.0.7" };
const hours = { from: "2026-11-21T11:30:00.000Z", until: "2026-11-21T11:47:00.000Z" };
const limits = { timeoutMs: 2_000, maxBytes: 10_000 };

describe("Prometheus", () => {
  test("one range query for all, by address or name", async () => {
    const api = await serve('{"status":"success"}');
    const answer = await prometheusReader({ url: `${api.url}/prom/`, timeoutMs: 2_000 }, tools).range(
      machine,
      hours,
      limits,
    );
    expect(answer).toMatchObject({ kind: "value", stdout: '{"status":"success"}' });
    const [asked] = api.asked;
    expect(asked?.path).toBe("/prom/api/v1/query_range");
    expect(asked?.query.get("start")).toBe(hours.from);
    expect(asked?.query.get("query")).toContain(
      'min(node_memory_MemAvailable_bytes{instance=~"(worker-1\\\\.example|10\\\\.0\\\\.0\\\\.7)(:[0-9]+)?"}',
    );
  });

  test("by labels of one's own; without the address they need nothing is asked", async () => {
    const api = await serve();
    const reader = prometheusReader({ url: api.url, timeoutMs: 2_000, labels: { instance: "{address}:9100" } }, tools);
    await reader.range(machine, hours, limits);
    expect(api.asked[0]?.query.get("query")).toContain('{instance="10.0.0.7:9100"}');
    expect(await reader.range({ ...machine, address: null }, hours, limits)).toMatchObject({ reason: "not-asked" });
    expect(api.asked).toHaveLength(1);
  });

  test("a store in trouble is an answer", async () => {
    const api = await serve('{"status":"error","error":"x"}', 503);
    const settings = { url: api.url, timeoutMs: 2_000 };
    expect(await prometheusReader(settings, tools).range(machine, hours, limits)).toMatchObject({ reason: "refused" });
    const without = { ...settings, tokenFile: "/nowhere/token" };
    expect(await prometheusReader(without, tools).range(machine, hours, limits)).toMatchObject({
      reason: "unauthenticated",
    });
  });
});

describe("logs", () => {
  test("Loki: the units of the kubelet, newest first, in nanoseconds", async () => {
    const api = await serve();
    const reader = logsReader({ store: "loki", url: api.url, timeoutMs: 2_000, tenant: "ops" }, tools);
    expect(await reader.tail("kubelet", machine, hours, limits)).toMatchObject({ kind: "value", excerpt: true });
    const [asked] = api.asked;
    expect(asked?.query.get("query")).toMatch(/^\{hostname="worker-1\.example",unit=~"kubelet\\\\\.service\|/);
    expect(asked?.query.get("end")).toBe("1795261620000000000");
    expect(asked?.headers["x-scope-orgid"]).toBe("ops");
  });

  test("Elasticsearch: a search whose values are JSON", async () => {
    const api = await serve();
    const reader = logsReader({ store: "elasticsearch", url: api.url, index: "logs-*", timeoutMs: 2_000 }, tools);
    await reader.tail("kernel", machine, hours, limits);
    const [asked] = api.asked;
    expect(asked?.path).toBe("/logs-*/_search");
    const filter = JSON.parse(asked?.body ?? "").query.bool.filter;
    expect(filter[0]).toEqual({ term: { "host.name": "worker-1.example" } });
    expect(filter[2]).toEqual({ range: { "@timestamp": { gte: hours.from, lte: hours.until } } });
  });
});

test("a name cannot end the string or the pattern it stands in", () => {
  const hostile = { ...machine, node: 'n1"} or up{x="\\' };
  expect(equals({ node: "{node}" }, hostile)).toBe('node="n1\\"} or up{x=\\"\\\\"');
  expect(new RegExp(`^(${literal(".*|(a+)+$")})$`).test(".*|(a+)+$")).toBe(true);
  expect(quoted("a\nb")).toBe('"a\\nb"');
});
