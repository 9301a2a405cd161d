import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { loadSettings } from "../../src/config/load.ts";
import { type PracticeUnderTest, practiceUnderTest } from "../../src/demo/practice/cluster-under-test.ts";
import { checkCommand } from "../../src/entry/cli/check.ts";
import type { CliIo } from "../../src/entry/cli/io.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { readBundle } from "../../src/platform/files/bundle/bundle.ts";
import type { Forecast } from "../../src/report/forecast.ts";
import type { World } from "../../src/usecases/ports.ts";
import { realEngine } from "../support/engine.ts";

/**
 * Two real nodes, both Ready: of one nothing survives a reboot (kubelet disabled, swap in fstab, containerd's CRI
 * plugin turned off on disk, an address forwarded by hand).
 */
const bundle = (slug: string): string => fileURLToPath(new URL(`check/${slug}.json.gz`, import.meta.url));

interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

async function check(world: Partial<World>, ...argv: readonly string[]): Promise<Ran> {
  const ran = { out: "", err: "", code: 0 };
  const io: CliIo = {
    out: (text) => {
      ran.out += text;
    },
    err: (text) => {
      ran.err += text;
    },
    readText: () => "",
    listFiles: () => [],
    exit: (code) => {
      ran.code = code;
    },
  };
  const engine = await realEngine();
  const made: World = {
    engine,
    clusters: [],
    clock: systemClock,
    incidents: null,
    memoryProblem: null,
    // Far more than it takes: what is asked about is the answer, on a machine that may be busy.
    deadlineMs: 60_000,
    ...world,
  };
  const command = checkCommand(
    {
      settings: () => loadSettings(undefined, {}),
      engine: async () => engine,
      readBundle,
      world: async () => ({ world: made, close: async () => undefined }),
    },
    io,
  );
  await command
    .exitOverride()
    .configureOutput({ writeErr: io.err })
    .parseAsync([...argv], { from: "user" });
  return ran;
}

const forecasts = ({ out }: Ran): readonly Forecast[] =>
  out
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Forecast);

const notPersisted = [
  "containerd-cri-plugin-disabled disabled-on-disk",
  "kubelet-config-invalid newer-than-the-process",
  "kubelet-disabled not-started-at-boot",
  "kubelet-unit-broken not-reloaded",
  "node-network-route-wrong forwarding-not-persisted",
  "swap-enabled swap-in-fstab",
];
const named = ({ warnings }: Forecast): readonly string[] =>
  warnings.map(({ cause, warning }) => `${cause} ${warning}`).sort();

describe("saved evidence", () => {
  test("a sound node: nothing is found, and it would come back", async () => {
    const ran = await check({}, "--bundle", bundle("sound"), "--json");
    const [forecast] = forecasts(ran);
    expect(forecast).toMatchObject({
      healthy: true,
      warnings: [],
      open: [],
      reboot: { comesBack: "yes", because: [] },
    });
    expect(ran.code).toBe(0);
  });

  test("a node that would not come back says why, and each finding what to do", async () => {
    const ran = await check({}, "--bundle", bundle("not-persisted"), "--json");
    const [forecast] = forecasts(ran);
    expect(forecast && named(forecast)).toEqual(notPersisted);
    expect(forecast?.reboot.comesBack).toBe("no");
    expect(forecast?.reboot.because).toHaveLength(3);
    expect(forecast?.warnings.every(({ steps, evidence }) => steps.length > 0 && evidence.length > 0)).toBe(true);
    expect(ran.code).toBe(1);
  });

  test("what has a date is found by looking far enough ahead", async () => {
    const [near] = forecasts(await check({}, "--bundle", bundle("sound"), "--json", "--within", "30d"));
    const [far] = forecasts(await check({}, "--bundle", bundle("sound"), "--json", "--within", "500d"));
    expect(near?.warnings.filter(({ by }) => by !== null)).toEqual([]);
    expect(far?.warnings.filter(({ by }) => by !== null).map(({ cause }) => cause)).toContain(
      "kubelet-client-cert-expired",
    );
  });

  test("without SSH it is not known, and the command says that it could not tell", async () => {
    const engine = await realEngine();
    const set = await readBundle(bundle("sound"));
    const refused = { kind: "unavailable", reason: "refused", detail: "connection refused" } as const;
    const items = set.items.map((item) => (item.source === "ssh" ? { ...item, answer: refused } : item));
    const forecast = engine.foresee({ ...set, items }, 0);
    expect(forecast.reboot).toEqual({ comesBack: "not-known", because: ["not read: ssh (refused)"] });
    expect(forecast.open.length).toBeGreaterThan(10);
    expect(forecast.unavailable.find(({ source }) => source === "ssh")?.leavesOpen).toContain("kubelet-disabled");
  });

  test.each([[["--all", "worker-7"]], [[]]])("%p names neither nodes nor all of them", async (argv) => {
    await expect(check({}, ...argv)).rejects.toMatchObject({ name: "OperatorError" });
  });
});

describe("every node of a cluster", () => {
  let practice: PracticeUnderTest;
  let world: Partial<World>;
  const gets: string[] = [];

  beforeAll(async () => {
    practice = await practiceUnderTest([
      [await readBundle(bundle("sound")), "none"],
      [await readBundle(bundle("not-persisted")), "none"],
      [
        await readBundle(fileURLToPath(new URL("../bundles/kubelet-stopped/bundle.json.gz", import.meta.url))),
        "kubelet-stopped",
      ],
    ]);
    const { ports } = practice;
    const counted = {
      ...ports,
      kubernetes: {
        get: (...asked: Parameters<typeof ports.kubernetes.get>) => {
          gets.push(asked[0]);
          return ports.kubernetes.get(...asked);
        },
      },
    };
    world = { clusters: [{ name: "practice", ports: async () => counted, inventory: [] }] };
  }, 90_000);
  afterAll(() => practice.close());

  test("one forecast per node in the order of names, and the cluster is read once", async () => {
    gets.length = 0;
    const ran = await check(world, "--all", "--json");
    const found = forecasts(ran);
    const names = found.map(({ node }) => node);
    expect(names).toEqual([...names].sort());
    const byNode = new Map(found.map((each) => [each.node, each]));
    expect(byNode.get("practice-1")?.reboot.comesBack).toBe("yes");
    expect(byNode.get("practice-2")?.reboot.comesBack).toBe("no");
    expect(byNode.get("practice-3")?.healthy).toBe(false);
    expect(ran.code).toBe(1);
    expect(gets.filter((path) => path.includes("certificatesigningrequests"))).toHaveLength(1);
    expect(gets.filter((path) => path === "/api/v1/nodes?resourceVersion=0")).toHaveLength(1);
  }, 90_000);

  test("the last line counts them", async () => {
    const { out } = await check(world, "--all");
    expect(out.trimEnd().split("\n").at(-1)).toMatch(/^\d+ nodes: \d+ would come back from a reboot, 1 would not/);
  }, 90_000);

  test("a name nobody knows is refused, and the others are looked at", async () => {
    const ran = await check(world, "practice-1", "practice-99", "--json");
    expect(forecasts(ran).map(({ node }) => node)).toEqual(["practice-1"]);
    expect(ran.err).toMatch(/practice-99.*Nearest: practice-/);
    expect(ran.code).toBe(2);
  }, 90_000);
});
