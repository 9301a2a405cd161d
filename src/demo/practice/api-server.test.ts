import { afterEach, describe, expect, test } from "@jest/globals";
import { unavailable, value } from "../../evidence/evidence.ts";
import { limits, notReadyMs, practiceUnderTest } from "./cluster-under-test.ts";
import { item, nodeSet } from "./testing.ts";

let under: Awaited<ReturnType<typeof practiceUnderTest>>;
const start = async (...given: Parameters<typeof practiceUnderTest>): Promise<void> => {
  under = await practiceUnderTest(...given);
};
afterEach(() => under.close());
const get = (path: string) => under.ports.kubernetes.get(path, limits);

/** Milliseconds between a stamp in an answer and now. */
const ageMs = (stamp: string): number => Date.now() - Date.parse(stamp);

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
    expect(Math.abs(ageMs(status.conditions[0]?.lastTransitionTime ?? "") - notReadyMs)).toBeLessThan(5_000);
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
    expect(items.map(({ metadata }) => metadata.name)).toEqual(under.cluster.nodes.map(({ name }) => name));
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
