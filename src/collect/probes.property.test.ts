import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Answer, absent, unavailable, value } from "../evidence/evidence.ts";
import type { FactSpec, FactValue } from "../facts/fact.ts";
import type { Derivation, Reader, Readings } from "../facts/reader.ts";
import type { Probe } from "./probe.ts";
import { loadRegistry } from "./registry.ts";

/** Whatever a node, a cluster or a case prints, a reader neither throws nor says what it did not promise. */
const registry = await loadRegistry();
const { probes, derivations } = registry;
/** The readers of a case's own lists are given what the case reader made, never raw text. */
const readers = registry.readers.filter(({ id }) => !id.startsWith("case-"));

const fits: Readonly<Record<FactSpec["type"], (given: unknown) => boolean>> = {
  string: (given) => typeof given === "string",
  number: (given) => typeof given === "number" && Number.isFinite(given),
  boolean: (given) => typeof given === "boolean",
  time: (given) => typeof given === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(given),
  list: (given) => Array.isArray(given) && given.every((each) => typeof each === "string"),
  rows: (given) => Array.isArray(given) && given.every((each) => typeof each === "object" && each !== null),
};

function bare(reading: unknown): unknown {
  const wrapped = typeof reading === "object" && reading !== null && !Array.isArray(reading) && "value" in reading;
  return wrapped ? reading.value : reading;
}

function expectPromised(provides: Readonly<Record<string, FactSpec>>, facts: Readings["facts"]): void {
  for (const [name, reading] of Object.entries(facts ?? {})) {
    const spec = provides[name];
    if (spec === undefined) throw new Error(`${name} is not promised`);
    const given = bare(reading);
    if (given !== null && !fits[spec.type](given))
      throw new Error(`${name} is no ${spec.type}: ${JSON.stringify(given)}`);
  }
}

/** Pieces of real answers, so that random text gets far enough into each parser. */
const pieces = [
  "Id=kubelet.service",
  "LoadState=loaded",
  "ActiveState=failed",
  "ExecMainStatus=9",
  "ExecMainCode=2",
  "MemoryMax=99999999999999999999",
  "● kubelet.service - x",
  "   Active: failed (Result: signal) since Sat 2026-99-21 02:53:41 UTC; 8s ago",
  " Main PID: 1 (code=killed, signal=constructor)",
  "Filesystem Type 1024-blocks Used Available Capacity Mounted on",
  "/dev/sda1 ext4 1 2 3 400% /",
  "Filesystem Inodes IUsed IFree IUse% Mounted on",
  "x 1 1 1 - /",
  "114 91 0:40 / / rw - ext4 a b",
  "/dev/a / ext4 ro 0 0",
  "==> /var/lib/kubelet/config.yaml <==",
  "kind: KubeletConfiguration",
  "a: &a [*a, *a]",
  "maxPods: 9e999",
  "==> /etc/kubernetes/kubelet.conf <==",
  "clusters: [{name: a, cluster: {server: https://x}}]",
  "users: [{name: a, user: {client-certificate-data: AAAA}}]",
  "==> /etc/containerd/config.toml <==",
  "[plugins.cri]",
  'disabled_plugins = ["cri"]',
  '{"kind":"Node","metadata":{"name":"n"},"status":{"conditions":[{"type":"Ready","status":"x","lastTransitionTime":"9999-99-99T99:99:99Z"}]}}',
  '{"items":[{"metadata":null,"spec":7,"status":[]}]}',
  '{"kind":"Lease","spec":{"renewTime":"2026-02-31T00:00:00Z","leaseDurationSeconds":1e999}}',
  '{"status":{"conditions":[]}}',
  '{"policyName":7}',
  "notAfter=Feb 31 25:61:61 99999 GMT",
  "subject=O = system:nodes, CN = system:node:",
  "error 10 at 0 depth lookup: x",
  "-----BEGIN CERTIFICATE-----",
  "-----END CERTIFICATE-----",
  "MemTotal: 0 kB",
  "MemAvailable: 1 kB",
  "Mem: 0 0 0",
  "Swap: 1 1 1",
  "btime 99999999999",
  'LISTEN 0 1 *:99999 *:* users:(("a",pid=1))',
  "PID STAT ELAPSED COMMAND",
  "1 D 99999999999 x",
  "/proc/loadavg:0.00 0.00 0.00 1/2 3",
  "0.34 0.45 0.37 3/224 167",
  "/proc/sys/kernel/pid_max:0",
  "/proc/sys/fs/file-nr:1\t0\t0",
  "/proc/pressure/io:some avg60=1",
  "memory 0 1 0",
  "total 1",
  "/opt/cni/bin/:",
  "-rwxr-xr-x 1 a b 1 Nov 21 13:40 x",
  "/etc/cni/net.d/a.conf:{",
  '/etc/cni/net.d/a.conf:"type":1}',
  "http=000 time=1.2.3 err=Connection timed out",
  "http=200 err=",
  "ok",
  "default via x dev y",
  "1: lo: <UP> mtu 1 qdisc x state UP",
  "    inet 1.2.3.4/8",
  "Sat Nov 31 02:12:12 UTC 2026",
  "0 3a434e246cc24b6e83c5db585550c463 Sat 2026-13-41 02:11:27 UTC Sat 2026-11-21 02:12:07 UTC",
  "/x|socket|0|660|a:b|99999999999",
  "/run/containerd/containerd.sock|socket|0|660|a:b|1",
  "date: Sat, 99 Nov 2026 13:44:39 GMT",
  "\0\0",
  "rc=1",
  "[exit 3]",
];
const line = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...pieces) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
);
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n"));
const asked = fc.oneof(
  fc.constantFrom<readonly string[]>(
    [],
    ["systemctl show kubelet"],
    ["cat /var/lib/kubelet/config.yaml"],
    ["ps aux | head"],
    ["crictl", "ps", "-a"],
    ["openssl", "x509", "-in"],
  ),
  fc.constantFrom<readonly string[]>(
    ...probes.flatMap(({ via }) => (via.source === "ssh" && typeof via.argv !== "function" ? [via.argv] : [])),
  ),
);
const answers: fc.Arbitrary<Answer> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        stdout: text,
        stderr: text,
        exitCode: fc.constantFrom(0, 1, 124, null),
        truncated: fc.boolean(),
        excerpt: fc.boolean(),
      })
      .map(({ stdout, ...more }) => value(stdout, more)),
  },
  fc.constantFrom<Answer>(unavailable("hung", ""), absent("")),
);

describe.each(readers.map((reader) => [reader.id, reader] as const))("%s", (_, reader: Reader) => {
  test("reads anything", () => {
    fc.assert(
      fc.property(answers, asked, fc.constantFrom("2026-11-21T02:12:04.000Z", null), (answer, question, evidenceAt) => {
        expectPromised(
          reader.provides,
          reader.read(answer, { at: null, year: 2026, asked: question, evidenceAt, node: "n1" }).facts,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("hostile answers", () => {
  const long = "a=/:'\"{[<| ".repeat(100_000);
  const deep = `${"[".repeat(50_000)}\n{${'"a":{'.repeat(20_000)}`;
  const many = `${pieces.join("\n")}\n`.repeat(200);
  test.each([
    ["a line of a megabyte", long],
    ["brackets without end", deep],
    ["bytes", "\u0000\ufffd\u001b[31m\u202e".repeat(10_000)],
    ["everything at once, often", many],
  ])(
    "%s",
    (_, hostile) => {
      for (const reader of readers) {
        const context = { at: null, year: null, asked: [hostile.slice(0, 1_000)], evidenceAt: null, node: null };
        expectPromised(reader.provides, reader.read(value(hostile, { stderr: hostile }), context).facts);
      }
      expect(readers.length).toBeGreaterThan(60);
    },
    60_000,
  );
});

describe("the registry", () => {
  test.each(probes.map((probe) => [probe.id, probe] as const))("%s is in bounds", (id, probe: Probe) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(probe.limits.timeoutMs).toBeLessThanOrEqual(8_000);
    expect(probe.limits.maxBytes).toBeLessThanOrEqual(32 * 1024 * 1024);
    expect(Object.keys(probe.provides).length + (probe.streams?.length ?? 0)).toBeGreaterThan(0);
  });

  const shells = /^(sh|bash|dash|ash|zsh|busybox|xargs|eval|ssh)$/;
  const writers = /^(rm|mv|cp|tee|dd|kill|pkill|restart|start|stop|reload|mask|enable|disable|apply|delete|write)$/;
  const endpoint = new Map<string, FactValue>([
    ["kubelet.unit.pid", 77],
    ["kubelet.unit.fragment", "/lib/systemd/system/kubelet.service"],
    ["kubeconfig.server", "https://api.example.com:6443"],
    ["kernel.version", "6.1.0"],
    ["mount.rows", [{ mount: "/", network: false }]],
  ]);
  const commands = probes.flatMap(({ id, via }) => {
    const argv = via.source === "ssh" ? (typeof via.argv === "function" ? via.argv(endpoint) : via.argv) : null;
    return argv === null ? [] : [[id, argv] as const];
  });
  test.each(commands)("%s runs no shell and changes nothing", (_, argv) => {
    expect(argv.length).toBeGreaterThan(1);
    expect(argv.filter((word) => shells.test(word) || writers.test(word))).toEqual([]);
  });

  test("every probe's answer can be told by a fact or a log", () => {
    const derived = new Set((derivations as readonly Derivation[]).flatMap(({ provides }) => Object.keys(provides)));
    const provided = new Set(probes.flatMap(({ provides }) => Object.keys(provides)));
    const unknown = probes
      .flatMap(({ after }) => after ?? [])
      .filter((name) => !provided.has(name) && !derived.has(name));
    expect(unknown).toEqual([]);
  });
});
