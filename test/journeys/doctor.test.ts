import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { doctorPorts } from "../../src/compose/doctor.ts";
import { loadSettings } from "../../src/config/load.ts";
import { type PracticeUnderTest, practiceUnderTest } from "../../src/demo/practice/cluster-under-test.ts";
import { item, nodeSet } from "../../src/demo/practice/testing.ts";
import { type Standin, startSlackStandin } from "../../src/demo/slack/standin.ts";
import { doctorCommand } from "../../src/entry/cli/doctor.ts";
import type { EvidenceSet } from "../../src/evidence/evidence.ts";
import { unavailable, value } from "../../src/evidence/evidence.ts";
import type { Checkup, Finding } from "../../src/usecases/doctor/finding.ts";

/** The command against a practice cluster over real HTTPS and SSH, a store in a folder, and a Slack on loopback. */

let practice: PracticeUnderTest;
let slack: Standin;
let dir = "";

const listening = ["ss", "-ltnp"];
const version = item("kubernetes", "api-version", ["GET", "/version"], value('{"gitVersion":"v1.34.4"}'));
const refusal = unavailable("sudo-refused", "sudo: a password is required");

beforeAll(async () => {
  const granted: EvidenceSet = nodeSet("active", [version]);
  const lacking = nodeSet("active", [version, item("ssh", "listening", listening, refusal)]);
  practice = await practiceUnderTest([
    [granted, "none"],
    [lacking, "none"],
  ]);
  slack = await startSlackStandin();
  dir = mkdtempSync(join(tmpdir(), "node-why-doctor-"));
});
afterAll(async () => {
  await slack.close();
  await practice.close();
  rmSync(dir, { recursive: true });
});

interface Ran {
  readonly code: number;
  readonly found: Checkup;
}

async function doctor(
  config: object,
  env: Readonly<Record<string, string>>,
  ...nodes: readonly string[]
): Promise<Ran> {
  const file = join(dir, "config.json");
  writeFileSync(file, JSON.stringify(config));
  let [out, code] = ["", 0];
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: () => undefined,
    readText: () => "",
    listFiles: () => [],
    exit: (given: number) => {
      code = given;
    },
  };
  const ports = {
    settings: () => loadSettings(file, { XDG_STATE_HOME: dir, ...env }),
    now: () => new Date(),
    doctor: (settings: ReturnType<typeof loadSettings>, named: readonly string[]) =>
      doctorPorts(settings, named, (clusters) =>
        clusters.map((cluster) => ({ ...cluster, ports: async () => practice.ports })),
      ),
  };
  await doctorCommand(ports, io).parseAsync(["--json", ...nodes], { from: "user" });
  return { code, found: JSON.parse(out) as Checkup };
}

const withSlack = () => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_APP_TOKEN: slack.appToken,
  SLACK_API_URL: slack.apiUrl,
});
const configured = (more: object = {}) => ({
  clusters: [practice.cluster.config],
  store: { dir: join(dir, "store") },
  slack: { channel: "#incidents" },
  ...more,
});
const bad = ({ found }: Ran): readonly Finding[] => found.findings.filter(({ state }) => state !== "fine");

describe("doctor", () => {
  test("all is well: every check speaks, nothing is written to the channel", async () => {
    const [node] = practice.cluster.nodes;
    const ran = await doctor(configured(), withSlack(), `practice/${node?.name}`);
    expect(bad(ran)).toEqual([]);
    expect(ran).toMatchObject({ code: 0, found: { state: "fine" } });
    const spoke = ["config", "store", "api", "rbac", "clock", "ssh", "sudo", "acting", "slack"];
    expect([...new Set(ran.found.findings.map(({ check }) => check))]).toEqual(spoke);
    expect(slack.calls("chat.postMessage")).toEqual([]);
    expect(slack.connections()).toBe(0);
  });

  test("a command that sudo refuses is named with the rule that allows it, on that node", async () => {
    const ran = await doctor(configured(), withSlack());
    const [, lacking] = practice.cluster.nodes;
    expect(ran.code).toBe(1);
    expect(bad(ran)).toMatchObject([
      {
        check: "sudo",
        says: expect.stringContaining(lacking?.name ?? "?"),
        next: [expect.stringMatching(/ ss -ltnp$/)],
      },
    ]);
  });

  test("a config that cannot be read is all that is said", async () => {
    const ran = await doctor({ clusterz: [] }, {});
    expect(ran.code).toBe(1);
    expect(ran.found.findings).toMatchObject([
      { check: "config", state: "fix", says: expect.stringMatching(/clusters/) },
    ]);
  });

  test("a channel the bot is not in, a bad app token, a folder of causes that is not there", async () => {
    const [node] = practice.cluster.nodes;
    const config = configured({ slack: { channel: "#general" }, knowledge: { paths: ["./nowhere"] } });
    const ran = await doctor(config, { ...withSlack(), SLACK_APP_TOKEN: slack.botToken }, node?.name ?? "");
    expect(bad(ran).map(({ check, state }) => [check, state])).toEqual([
      ["knowledge", "fix"],
      ["slack", "fix"],
      ["slack", "fix"],
    ]);
  });

  test("a store that cannot be opened and a Slack that is away", async () => {
    const [node] = practice.cluster.nodes;
    writeFileSync(join(dir, "file"), "");
    const config = configured({ store: { dir: join(dir, "file") } });
    const env = { ...withSlack(), SLACK_API_URL: "http://127.0.0.1:1/api/" };
    const ran = await doctor(config, env, node?.name ?? "");
    expect(bad(ran).map(({ check, state }) => [check, state])).toEqual([
      ["store", "fix"],
      ["slack", "unknown"],
    ]);
    expect(ran.code).toBe(1);
  });
});
