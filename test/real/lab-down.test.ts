import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { labFolders } from "../lab/host/cgroups.ts";
import { noted } from "../lab/host/ledger.ts";
import { loops, mountsBelow } from "../lab/host/mounts.ts";
import { netnsFile } from "../lab/host/network.ts";
import { hostLink, nodeDir, placeOf } from "../lab/place.ts";

/** A lab beside any other: `up` is killed at several moments, and `down` has to leave the host as it was. */
const folder = mkdtempSync(join(tmpdir(), "lab-down-"));
const place = { ...placeOf(), state: join(folder, "state"), name: "nwlabt", net: "10.79.0" };
const program = fileURLToPath(new URL("../lab/lab.ts", import.meta.url));
const env = { ...process.env, LAB: place.state, LAB_CACHE: place.cache, LAB_NAME: place.name, LAB_NET: place.net };
const sysctls = ["vm/overcommit_memory", "kernel/panic", "kernel/panic_on_oops", "fs/inotify/max_user_instances"];

const made = (kind: string): boolean => noted(place).some((entry) => entry.kind === kind);
const has = (...names: readonly string[]): boolean => existsSync(join(place.state, ...names));
const node = "worker-1";

beforeAll(async () => {
  expect(await lab("up", "--image", "debian-12").ended).toBe(0); // whatever is to be built is built
  expect(await lab("down").ended).toBe(0);
}, 1_800_000);
afterAll(() => rmSync(folder, { recursive: true }));

test.each<[string, () => boolean]>([
  ["when its groups are noted", () => made("cgroup")],
  ["while it makes keys", () => has("pki", "ca.key")],
  ["when its network namespace is noted", () => made("netns")],
  ["when its link is noted", () => made("link")],
  ["once etcd was started", () => has("etcd.pid")],
  ["once the API server was started", () => has("apiserver.pid")],
  ["while it fills a node's /var", () => existsSync(join(nodeDir(place, node), "var.img"))],
  ["when a mount is noted", () => made("mount")],
  ["once a node's machine was started", () => has(`node-${node}.pid`)],
])(
  "killed %s, it leaves nothing that down does not take away",
  async (_, moment) => {
    const before = hostNow();
    const up = lab("up", "1", "--image", "debian-12");
    while (!moment()) await sleep(2);
    process.kill(up.pid, "SIGKILL");
    await up.ended;
    const groups = labFolders(place);
    expect(await lab("down").ended).toBe(0);
    expect({
      ...hostNow(),
      groups: groups.filter((group) => existsSync(group)),
      state: existsSync(place.state),
    }).toEqual({
      ...before,
      groups: [],
      state: false,
    });
    expect(await left()).toEqual({ mounts: [], loops: [], processes: [] });
  },
  180_000,
);

test("down that was killed itself is done again", async () => {
  const before = hostNow();
  expect(await lab("up", "1", "--image", "debian-12").ended).toBe(0);
  const groups = labFolders(place);
  const down = lab("down");
  while (existsSync(join(place.state, "pki")) && mountsBelow(place.state).length > 0) await sleep(2);
  process.kill(down.pid, "SIGKILL");
  await down.ended;
  expect(await lab("down").ended).toBe(0);
  expect([hostNow(), groups.some((group) => existsSync(group))]).toEqual([before, false]);
  expect(await left()).toEqual({ mounts: [], loops: [], processes: [] });
}, 180_000);

function lab(...argv: readonly string[]): { readonly pid: number; readonly ended: Promise<number | null> } {
  const child = spawn(process.execPath, [program, ...argv], { env, stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  if (child.pid === undefined) throw new Error("the lab could not be started");
  return { pid: child.pid, ended };
}

function hostNow(): object {
  return {
    netns: existsSync(netnsFile(place)),
    link: existsSync(`/sys/class/net/${hostLink(place)}`),
    sysctls: sysctls.map((key) => readFileSync(`/proc/sys/${key}`, "utf8").trim()),
  };
}

async function left(): Promise<object> {
  const below = `${place.state}/`;
  return {
    mounts: mountsBelow(place.state),
    loops: (await loops()).filter(({ file }) => file.startsWith(below)),
    processes: readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && speaksOf(pid, below)),
  };
}

/** A process that has ended meanwhile has nothing to say. */
function speaksOf(pid: string, text: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(text);
  } catch {
    return false;
  }
}
