import { afterEach, describe, expect, test } from "@jest/globals";
import type { Clock, Ports } from "../../src/collect/ports.ts";
import { addressBook } from "../../src/collect/sources/address.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { httpGetOver } from "../../src/platform/kubernetes/http-get.ts";
import { kubeletDirect } from "../../src/platform/kubernetes/kubelet.ts";
import { kubernetesReader } from "../../src/platform/kubernetes/reader.ts";
import { localReach } from "../../src/platform/tcp.ts";
import { type Diagnosis, diagnose } from "../../src/usecases/diagnose.ts";
import type { World } from "../../src/usecases/ports.ts";
import { realEngine } from "../support/engine.ts";
import { type FakeClock, fakeClock } from "../support/fake-clock.ts";
import { type HttpsApi, json, kubeconfigFor, startHttpsApi } from "../support/https-api.ts";

/** API servers and kubelets in every bad state, behind real TLS: always an answer, within the deadline. */
type Script = Parameters<typeof startHttpsApi>[0];
const deadlineMs = 20_000;
const running: HttpsApi[] = [];
afterEach(async () => {
  for (const api of running.splice(0)) await api.close();
});

async function server(script: Script): Promise<HttpsApi> {
  const api = await startHttpsApi(script);
  running.push(api);
  return api;
}

async function asking(api: HttpsApi, clock: Clock, more: Partial<Ports> = {}, name = "worker-1"): Promise<Diagnosis> {
  const ports: Ports = {
    clock,
    kubernetes: kubernetesReader(httpGetOver(kubeconfigFor(api.url), clock), clock),
    local: localReach(clock),
    addresses: addressBook("InternalIP"),
    ...more,
  };
  const clusters = [{ name: "lab", inventory: ["worker-1"], ports: async () => ports }];
  const engine = await realEngine();
  const world: World = { engine, clusters, clock, incidents: null, memoryProblem: null, deadlineMs };
  return diagnose({ name, askedBy: "test" }, world);
}

/** What could not be read, by source and reason. */
function unread(found: Diagnosis): readonly string[] {
  if (found.kind !== "report") throw new Error(found.kind);
  return found.report.unavailable.map(({ source, reason }) => `${source.split(":", 1)[0]} ${reason}`);
}

/** Lets time pass for a clock that stands still until the answer is there; how long that took by that clock. */
async function passing(clock: FakeClock, found: Promise<Diagnosis>): Promise<Diagnosis> {
  let done = false;
  void found.finally(() => {
    done = true;
  });
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(50);
  }
  expect(clock.monotonicMs()).toBeLessThanOrEqual(deadlineMs + 1_000);
  return found;
}

const node = (more: object = {}) => ({
  kind: "Node",
  metadata: { name: "worker-1" },
  status: { addresses: [{ type: "InternalIP", address: "127.0.0.1" }], conditions: [], ...more },
});
const isNode = (url = ""): boolean => url.split("?", 1)[0] === "/api/v1/nodes/worker-1";
const empty = { kind: "List", items: [] };

describe("an API server", () => {
  test("that takes ten seconds for everything", async () => {
    const clock = fakeClock();
    const api = await server((_, response) => void clock.after(10_000, () => json(response, 200, node())));
    expect(unread(await passing(clock, asking(api, clock)))).toContain("kubernetes timed-out");
  });

  test("that accepts and never answers", async () => {
    const clock = fakeClock();
    const api = await server(() => undefined);
    expect(unread(await passing(clock, asking(api, clock)))).toContain("kubernetes timed-out");
  });

  test("that wants us to come back later is asked once more, then", async () => {
    const seen = new Set<string>();
    const api = await server((request, response) => {
      const { url = "" } = request;
      if (seen.has(url)) return json(response, 200, isNode(url) ? node() : empty);
      seen.add(url);
      json(response, 429, { kind: "Status", message: "too many requests" }, { "retry-after": "1" });
    });
    expect(unread(await asking(api, systemClock)).filter((line) => line.startsWith("kubernetes"))).toEqual([]);
    expect(api.asked.filter(isNode)).toHaveLength(2);
  });

  test("that fails at everything", async () => {
    const api = await server((_, response) =>
      json(response, 500, { kind: "Status", message: "etcdserver: no leader" }),
    );
    expect(unread(await asking(api, systemClock))).toContain("kubernetes refused");
    expect(Math.max(...[...new Set(api.asked)].map((path) => api.asked.filter((one) => one === path).length))).toBe(2);
  });

  test("that forbids half of the reads: each names its own rule", async () => {
    const api = await server((request, response) => {
      if (isNode(request.url)) return json(response, 200, node());
      const lists = /pods|events|certificatesigningrequests/.test(request.url ?? "");
      json(response, lists ? 403 : 200, lists ? { kind: "Status", message: "forbidden" } : empty);
    });
    const found = await asking(api, systemClock);
    const lines =
      found.kind === "report" ? found.report.unavailable.filter(({ reason }) => reason === "forbidden") : [];
    expect(lines).toMatchObject([
      {
        source: "kubernetes: csrs, node-events, node-pods",
        grant: [
          '{apiGroups: [""], resources: ["events"], verbs: ["list"]}',
          '{apiGroups: [""], resources: ["pods"], verbs: ["list"]}',
          '{apiGroups: ["certificates.k8s.io"], resources: ["certificatesigningrequests"], verbs: ["list"]}',
        ].join(", "),
      },
    ]);
  });

  test.each([
    ["no addresses", { addresses: [] }],
    ["addresses that are none", { addresses: [{ type: "InternalIP", address: "-oProxyCommand=x" }] }],
    ["a list of something else", { addresses: "10.0.0.7" }],
  ])("whose node has %s", async (_, status) => {
    const api = await server((request, response) => json(response, 200, isNode(request.url) ? node(status) : empty));
    const opened: unknown[] = [];
    const ssh: Ports["ssh"] = {
      open: (target) => {
        opened.push(target);
        throw new Error("there is nowhere to go");
      },
    };
    expect((await asking(api, systemClock, { ssh })).kind).toBe("report");
    expect(opened).toEqual([]);
  });
});

test.each(["$(reboot)", "worker-1;reboot", "-oProxyCommand=x", "../pods", "a b", "wörker"])(
  "the name %s is asked of nobody",
  async (name) => {
    const api = await server((_, response) => json(response, 200, node()));
    expect((await asking(api, systemClock, {}, name)).kind).toBe("not-a-name");
    expect(api.asked).toEqual([]);
  },
);

describe("a kubelet", () => {
  const apiServer = () => server((request, response) => json(response, 200, isNode(request.url) ? node() : empty));
  const direct = (kubelet: HttpsApi, clock: Clock): Pick<Ports, "kubelet"> => ({
    kubelet: kubeletDirect(kubeconfigFor("https://api.invalid"), { port: kubelet.port }, clock),
  });

  test("that streams for ever is cut at each limit", async () => {
    const kubelet = await server((_, response) => {
      const write = (): void => {
        while (response.writable && response.write("x".repeat(65_536)));
      };
      response.on("drain", write).writeHead(200);
      write();
    });
    const found = await asking(await apiServer(), systemClock, direct(kubelet, systemClock));
    const items = found.kind === "report" ? found.evidence.items.filter(({ source }) => source === "kubelet-api") : [];
    expect(items.map(({ answer }) => answer.kind === "value" && answer.truncated)).toEqual(items.map(() => true));
    expect(items.length).toBeGreaterThan(4);
  });

  test("that drips for ever ends with its time", async () => {
    const clock = fakeClock();
    const kubelet = await server((_, response) => response.writeHead(200).write("begun\n"));
    const found = await passing(clock, asking(await apiServer(), clock, direct(kubelet, clock)));
    expect(unread(found)).toContain("kubelet-api timed-out");
  });

  test("that forbids everything is one line with every rule it lacks", async () => {
    const kubelet = await server((_, response) => response.writeHead(403).end("Forbidden (user=bot, verb=get)"));
    const found = await asking(await apiServer(), systemClock, direct(kubelet, systemClock));
    const lines =
      found.kind === "report" ? found.report.unavailable.filter(({ source }) => /^kubelet-api/.test(source)) : [];
    const rules = ["configz", "healthz", "log", "metrics", "stats"].map(
      (name) => `{apiGroups: [""], resources: ["nodes/${name}"], verbs: ["get"]}`,
    );
    expect(lines).toMatchObject([{ source: "kubelet-api", reason: "forbidden", grant: rules.join(", ") }]);
  });

  test("of which nobody signed the certificate is named once, with what it leaves open", async () => {
    const kubelet = await server((_, response) => response.end("ok"));
    const stranger = kubeletDirect(
      kubeconfigFor("https://x.invalid", "other-ca.crt"),
      { port: kubelet.port },
      systemClock,
    );
    const found = await asking(await apiServer(), systemClock, { kubelet: stranger });
    const lines =
      found.kind === "report" ? found.report.unavailable.filter(({ source }) => /^kubelet-api/.test(source)) : [];
    expect(lines).toMatchObject([{ source: "kubelet-api", reason: "unreadable", grant: expect.any(String) }]);
    expect([lines[0]?.leavesOpen.length === 0, kubelet.asked]).toEqual([false, []]);
  });
});
