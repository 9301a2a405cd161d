import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Clock, Command, Ports, SshSession } from "../../collect/ports.ts";
import { addressBook } from "../../collect/sources/address.ts";
import type { ClusterConfig } from "../../config/schema.ts";
import { type EvidenceSet, unavailable, value } from "../../evidence/evidence.ts";
import { systemClock } from "../../platform/clock.ts";
import { httpGetOver } from "../../platform/kubernetes/http-get.ts";
import { loadKubeconfig } from "../../platform/kubernetes/kubeconfig.ts";
import { kubernetesReader } from "../../platform/kubernetes/reader.ts";
import { sshOpener } from "../../platform/ssh/opener.ts";
import { localReach } from "../../platform/tcp.ts";
import { type PracticeCluster, type PracticeOptions, startPracticeCluster } from "./cluster.ts";
import { newKeyPair } from "./keys.ts";
import { castRoles } from "./roles.ts";
import { item, journalArgv, nodeSet, recordedAt, recording, unitArgv, unregisteredSet } from "./testing.ts";

/** As the composition root makes them: nothing here knows that the cluster is a practice one. */
function realPorts({ kubeconfig = "", ssh, inventory }: ClusterConfig, clock: Clock): Ports {
  const config = loadKubeconfig({ kind: "files", files: [kubeconfig] });
  const settings = {
    user: ssh?.user ?? "",
    identityFile: ssh?.identityFile ?? "",
    knownHostsFile: ssh?.knownHostsFile ?? "",
    configFile: ssh?.configFile ?? "",
    addressType: "InternalIP" as const,
  };
  return {
    clock,
    kubernetes: kubernetesReader(httpGetOver(config, clock), clock),
    ssh: sshOpener(settings, { home: "/nonexistent", user: "nobody" }, clock),
    local: localReach(clock),
    addresses: addressBook("InternalIP", inventory),
  };
}

let dir: string;
let cluster: PracticeCluster;
let ports: Ports;
const close: (() => Promise<void>)[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "node-why-practice-"));
});
afterEach(async () => {
  for (const each of close.splice(0).toReversed()) await each();
  await rm(dir, { recursive: true });
});

async function start(sets: readonly (readonly [EvidenceSet, string])[], more: Partial<PracticeOptions> = {}) {
  const roles = castRoles(sets.map(([set, root], at) => recording(`slug-${at}`, set, root)));
  cluster = await startPracticeCluster({ roles, dir, clock: systemClock, ...more });
  close.push(cluster.close);
  ports = cluster.ports(realPorts(cluster.config, more.clock ?? systemClock));
}

const limits = { timeoutMs: 5_000, maxBytes: 1_000_000 };
const get = (path: string) => ports.kubernetes.get(path, limits);
const command = (argv: readonly string[], more: Partial<Command> = {}): Command => ({
  argv,
  sudo: true,
  limits,
  keep: "head",
  ...more,
});

async function login(node: string): Promise<SshSession> {
  const opened = await ports.ssh?.open({ address: "192.0.2.1", node });
  if (!opened?.ok) throw new Error(JSON.stringify(opened));
  close.push(async () => opened.value.close());
  return opened.value;
}

/** Milliseconds between a stamp in an answer and now. */
const ageMs = (stamp: string): number => Date.now() - Date.parse(stamp);
const recordedAge = Date.parse(recordedAt) - Date.parse("2026-11-21T02:06:13Z");

interface NodeObject {
  readonly metadata: { readonly name: string };
  readonly status: {
    readonly addresses: readonly { readonly address: string }[];
    readonly conditions: readonly { readonly status: string; readonly lastTransitionTime: string }[];
  };
}

describe("the API server", () => {
  test("a node object has the practice name and address, and its stamps are as old as when it was recorded", async () => {
    await start([[nodeSet("inactive"), "kubelet-stopped"]]);
    const answer = await get("/api/v1/nodes/practice-1");
    if (answer.kind !== "value") throw new Error(JSON.stringify(answer));
    const { metadata, status } = JSON.parse(answer.stdout) as NodeObject;
    expect(metadata.name).toBe("practice-1");
    expect(status.addresses.map(({ address }) => address)).toEqual(["192.0.2.10", "practice-1"]);
    expect(Math.abs(ageMs(status.conditions[0]?.lastTransitionTime ?? "") - recordedAge)).toBeLessThan(5_000);
  });

  test("all nodes are one list, and at most one in five is broken", async () => {
    await start([
      [nodeSet("inactive"), "kubelet-stopped"],
      [nodeSet("failed"), "kubelet-crashed"],
      [nodeSet("active"), "none"],
    ]);
    const answer = await get("/api/v1/nodes?resourceVersion=0");
    if (answer.kind !== "value") throw new Error(JSON.stringify(answer));
    const items = (JSON.parse(answer.stdout) as { items: NodeObject[] }).items;
    expect(items.map(({ metadata }) => metadata.name)).toEqual(cluster.nodes.map(({ name }) => name));
    expect(new Set(items.map(({ metadata }) => metadata.name)).size).toBe(10);
    expect(items.filter(({ status }) => status.conditions[0]?.status !== "True")).toHaveLength(2);
  });

  test("lists of the whole cluster are merged; what only one recording knows is found by its name", async () => {
    const csrs = (name: string) =>
      item(
        "kubernetes",
        "csrs",
        ["GET", "/apis/certificates.k8s.io/v1/certificatesigningrequests"],
        value(JSON.stringify({ kind: "CertificateSigningRequestList", items: [{ metadata: { name } }] })),
      );
    const pods = item(
      "kubernetes",
      "node-pods",
      ["GET", "/api/v1/pods?fieldSelector=spec.nodeName%3Dn1"],
      value(JSON.stringify({ kind: "PodList", items: [{ metadata: { name: "web" }, spec: { nodeName: "n1" } }] })),
    );
    await start([
      [nodeSet("active", [csrs("a"), pods]), "none"],
      [nodeSet("active", [csrs("b"), csrs("a")]), "none"],
    ]);
    const list = await get("/apis/certificates.k8s.io/v1/certificatesigningrequests");
    expect(list.kind === "value" && JSON.parse(list.stdout)).toMatchObject({
      items: [{ metadata: { name: "a" } }, { metadata: { name: "b" } }],
    });
    const own = await get("/api/v1/pods?fieldSelector=spec.nodeName%3Dpractice-1");
    expect(own.kind === "value" && JSON.parse(own.stdout)).toMatchObject({
      items: [{ spec: { nodeName: "practice-1" } }],
    });
    expect((await get("/api/v1/pods?fieldSelector=spec.nodeName%3Dpractice-2")).kind).toBe("absent");
  });

  test("what is not there is absent in Kubernetes' words, and what was refused is refused again", async () => {
    const refused = item(
      "kubernetes",
      "node-events",
      ["GET", "/api/v1/events"],
      unavailable("forbidden", "no events for you"),
    );
    await start([[nodeSet("active", [refused]), "none"]]);
    expect(await get("/api/v1/nodes/practice-9")).toEqual({ kind: "absent", detail: 'nodes "practice-9" not found' });
    expect(await get("/api/v1/events")).toMatchObject({ kind: "unavailable", reason: "forbidden" });
  });
});

describe("a node over SSH", () => {
  test("a recorded command answers as it did, under the node's new name and address, at a time as long ago", async () => {
    await start([[nodeSet("inactive"), "kubelet-stopped"]]);
    const answer = await (await login("practice-1")).run(command(journalArgv));
    expect(answer).toMatchObject({ kind: "value", exitCode: 0, stderr: "", truncated: false });
    const line = answer.kind === "value" ? answer.stdout : "";
    expect(line.slice(15)).toBe(" practice-1 systemd[1]: kubelet.service: inactive, it's 192.0.2.10\n");
    const stamp = Date.parse(`${line.slice(0, 6)} ${new Date().getUTCFullYear()} ${line.slice(7, 15)}Z`);
    expect(Math.abs(Date.now() - stamp - (recordedAge + 10_000))).toBeLessThan(5_000);
  });

  test.each([
    [
      "an output with an exit code and complaints",
      value("out\n", { stderr: "bad\n", exitCode: 3 }),
      value("out\n", { stderr: "bad\n", exitCode: 3 }),
    ],
    ["words that a shell would change", value("$(id) 'x' *\n"), value("$(id) 'x' *\n")],
    ["a missing tool", unavailable("tool-missing", "crictl is not on the node"), { reason: "tool-missing" }],
    ["sudo that refuses", unavailable("sudo-refused", "sudo: a password is required"), { reason: "sudo-refused" }],
    ["a file that may not be run", unavailable("forbidden", "Permission denied"), { reason: "forbidden" }],
  ])("%s", async (_, recorded, expected) => {
    const argv = ["printf", "%s\\n", "it's $(id) `x` *", "", "a b"];
    await start([[nodeSet("active", [item("ssh", "odd", argv, recorded)]), "none"]]);
    expect(await (await login("practice-1")).run(command(argv))).toMatchObject(expected);
  });

  test("a command that was not recorded does not exist", async () => {
    await start([[nodeSet("active"), "none"]]);
    expect(await (await login("practice-1")).run(command(["rm", "-rf", "/"]))).toMatchObject({
      reason: "tool-missing",
    });
  });

  test("a hang lasts until the node's own timeout ends it, and is answered as a hang", async () => {
    const argv = ["crictl", "info"];
    const timers: [number, () => void][] = [];
    const nodeClock: Clock = {
      ...systemClock,
      after: (ms, callback) => {
        timers.push([ms, callback]);
        return () => undefined;
      },
    };
    await start([[nodeSet("active", [item("ssh", "crictl-info", argv, unavailable("hung", "no end"))]), "none"]], {
      clock: nodeClock,
    });
    ports = cluster.ports(realPorts(cluster.config, systemClock));
    const session = await login("practice-1");
    const controller = new AbortController();
    const running = session.run(command(argv, { limits: { ...limits, timeoutMs: 8_000 } }), controller.signal);
    expect(await session.run(command(unitArgv))).toMatchObject({ kind: "value" }); // others are answered meanwhile
    expect(timers.map(([ms]) => ms)).toEqual([8_000]);
    controller.abort();
    expect(await running).toMatchObject({ reason: "timed-out" });
  });

  test("nobody gets in with another key", async () => {
    await start([[nodeSet("active"), "none"]]);
    await writeFile(cluster.config.ssh?.identityFile ?? "", newKeyPair().privateKey);
    expect(await ports.ssh?.open({ address: "192.0.2.10", node: "practice-1" })).toMatchObject({
      problem: { reason: "unauthenticated" },
    });
  });

  test("the host key is one that the client verifies", async () => {
    await start([[nodeSet("active"), "none"]]);
    await rm(cluster.config.ssh?.knownHostsFile ?? "");
    expect(await ports.ssh?.open({ address: "192.0.2.10", node: "practice-1" })).toMatchObject({
      problem: { reason: "host-key-unknown" },
    });
  });

  test("a host that could not be logged in to is as far away as it was", async () => {
    const { items, ...rest } = nodeSet("inactive");
    const away = unavailable("timed-out", "connecting to 10.77.0.11 port 22: timed-out (5000 ms)");
    const cut = { ...rest, items: items.map((one) => (one.source === "ssh" ? { ...one, answer: away } : one)) };
    await start([[cut, "node-powered-off"]]);
    expect(await ports.ssh?.open({ address: "192.0.2.10", node: "practice-1" })).toMatchObject({
      problem: { reason: "timed-out", detail: "connecting to 192.0.2.10 port 22: timed-out (5000 ms)" },
    });
  });
});

test("a node that never registered is in the inventory, and connections to it answer as recorded", async () => {
  await start([[unregisteredSet(), "kubelet-bootstrap-failed"]]);
  expect(cluster.config.inventory).toEqual([{ name: "practice-1", address: "192.0.2.10" }]);
  expect(await ports.local.connect("192.0.2.10", 10250, 1_000)).toEqual(value("refused\n"));
  expect(await ports.local.connect("192.0.2.10", 22, 1_000)).toMatchObject({ reason: "not-shown" });
});

test("a node is healed by the command that the hook names, and only that node", async () => {
  await start(
    [
      [nodeSet("inactive"), "kubelet-stopped"],
      [nodeSet("failed"), "kubelet-crashed"],
      [nodeSet("active"), "none"],
    ],
    { onCommand: (argv) => (argv.join(" ") === "systemctl restart kubelet.service" ? "heal" : null) },
  );
  const session = await login("practice-1");
  const unit = async (): Promise<string> => {
    const answer = await session.run(command(unitArgv));
    return answer.kind === "value" ? answer.stdout : JSON.stringify(answer);
  };
  expect(await unit()).toContain("ActiveState=inactive");
  expect(await session.run(command(["systemctl", "restart", "kubelet.service"]))).toMatchObject({ exitCode: 0 });
  expect(await unit()).toContain("ActiveState=active");
  expect(cluster.nodes.map((node) => node.healed()).slice(0, 2)).toEqual([true, false]);
  cluster.nodes[0]?.breakAgain();
  expect(await unit()).toContain("ActiveState=inactive");
});
