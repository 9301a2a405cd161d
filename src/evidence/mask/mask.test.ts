import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type EvidenceSet, value } from "../evidence.ts";
import { addressMasks } from "./addresses.ts";
import { maskSet } from "./mask.ts";

const at = "2026-11-21T02:10:13.000Z";
const object = (name: string, namespace?: string) => ({ metadata: { name, ...(namespace ? { namespace } : {}) } });
const set = (texts: Readonly<Record<string, string>>): EvidenceSet => ({
  schema: 1,
  node: "worker-7.prod.corp.net",
  cluster: "prod-eu1",
  at,
  year: 2026,
  items: Object.entries(texts).map(([probe, text]) => ({
    probe,
    source: "ssh",
    asked: ["ping", "10.1.2.3"],
    at,
    tookMs: 1,
    answer: value(text),
  })),
});
const textOf = (masked: EvidenceSet, probe: string): string => {
  const answer = masked.items.find((item) => item.probe === probe)?.answer;
  return answer?.kind === "value" ? answer.stdout : "";
};

describe("addresses", () => {
  const apply = (text: string): string => addressMasks().reduce((rest, mask) => mask.apply(rest).text, text);

  test.each([
    ["one private network stays one", "10.4.7.9 10.4.7.22 10.4.8.9 10.4.7.9", "10.1.1.2 10.1.1.3 10.1.2.2 10.1.1.2"],
    ["networks and gateways keep their ends", "10.4.7.0/24 via 10.4.7.1", "10.1.1.0/24 via 10.1.1.1"],
    ["192.168 and 172.16 stay themselves", "192.168.7.9 172.20.3.4", "192.168.1.2 172.20.1.2"],
    ["what is outside is numbered", "52.1.2.3:443 8.8.8.8", "198.18.0.1:443 198.18.0.2"],
    ["ports and brackets stay", "https://10.4.7.9:6443 (10.4.7.9)", "https://10.1.1.2:6443 (10.1.1.2)"],
    ["nobody's addresses stay", "127.0.0.1 0.0.0.0 169.254.169.254 255.255.255.0", null],
    ["versions are no addresses", "v1.34.4 6.1.0-13 runc 1.1.12 1.2.3.4.5", null],
    ["IPv6", "2001:db8::1 fe80::1 ::1 [2001:DB8::1]:6443", "fd00:0:0:1::1 fe80::1 ::1 [fd00:0:0:1::1]:6443"],
    ["times are no addresses", "02:10:13 2026-11-21T02:10:13.000Z 11:22:33:44", null],
    ["hardware addresses", "aa:bb:cc:dd:ee:ff AA:BB:CC:DD:EE:FF", "02:00:00:00:00:01 02:00:00:00:00:01"],
    ["addresses inside names", "ip-10-4-7-9.ec2.internal is 10.4.7.9", "ip-10-1-1-2.ec2.internal is 10.1.1.2"],
  ])("%s", (_, text, expected) => expect(apply(text)).toBe(expected ?? text));

  test("no private address survives, and equal ones stay equal", () => {
    const address = fc
      .tuple(fc.integer({ min: 2, max: 250 }), fc.integer({ min: 2, max: 250 }))
      .map(([c, d]) => `10.77.${c}.${d}`);
    fc.assert(
      fc.property(fc.array(address, { minLength: 2, maxLength: 20 }), (addresses) => {
        const masked = apply(addresses.join(" ")).split(" ");
        expect(new Set(masked).size).toBe(new Set(addresses).size);
        expect(masked.every((one) => /^10\.1\.\d+\.\d+$/.test(one))).toBe(true);
      }),
    );
  });
});

describe("names", () => {
  const told = {
    nodes: JSON.stringify({ kind: "NodeList", items: [object("worker-7.prod.corp.net"), object("db-1")] }),
    "node-pods": JSON.stringify({
      kind: "PodList",
      items: [object("pay-db-0", "shop"), object("kube-proxy-x2", "kube-system")],
    }),
    "kubelet-journal": "02:10 worker-7 kubelet[1]: shop/pay-db-0 and kube-system/kube-proxy-x2, db-1 not db-10",
  };

  test("nodes, namespaces and pods get numbers; what software calls itself stays", () => {
    const masked = maskSet(set(told), ["names"]);
    expect(masked.node).toMatch(/^node-\d\.example\.internal$/);
    const text = textOf(masked, "kubelet-journal");
    expect(text).toMatch(
      /^02:10 node-\d kubelet\[1\]: namespace-1\/pod-1 and kube-system\/kube-proxy-x2, node-\d not db-10$/,
    );
    expect(JSON.stringify(masked)).not.toMatch(/worker-7|corp|pay-db|prod-eu1/);
  });

  test("a host is the same host with its domain and without", () => {
    const masked = maskSet(set(told), ["names"]);
    const [, short] = /02:10 (\S+) /.exec(textOf(masked, "kubelet-journal")) ?? [];
    expect(masked.node).toBe(`${short}.example.internal`);
  });

  test("the list says what was masked and how often", () => {
    const masked = maskSet({ ...set(told), masked: { jwt: 1 } }, ["addresses", "names"]);
    expect(masked.masked).toMatchObject({ jwt: 1, "ipv4-address": 3, namespace: 2 });
  });

  test("masking twice is masking once more, never back", () => {
    const once = maskSet(set(told), ["addresses", "names"]);
    expect(JSON.stringify(maskSet(once, ["addresses", "names"]).items)).not.toMatch(/worker-7|pay-db/);
  });
});
