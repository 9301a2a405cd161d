import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Scene, scene } from "../../../test/journeys/remediation-scene.ts";
import type { Settings } from "../../config/load.ts";
import { configSchema } from "../../config/schema.ts";
import { OperatorError } from "../../shared/errors.ts";
import { fixCommand } from "./fix.ts";

let stage: Scene;
beforeEach(async () => {
  stage = await scene();
});
afterEach(() => stage.close());

interface Told {
  readonly out: string;
  readonly err: string;
  readonly code: number;
  readonly questions: readonly string[];
}

async function fix(args: readonly string[], typed: string | null = null, clusters = ["lab"]): Promise<Told> {
  const told = { out: "", err: "", code: 0, questions: [] as string[] };
  const io = {
    out: (text: string) => {
      told.out += text;
    },
    err: (text: string) => {
      told.err += text;
    },
    readText: () => "",
    listFiles: () => [],
    exit: (code: number) => {
      told.code = code;
    },
  };
  const config = configSchema.parse({ clusters: clusters.map((name) => ({ name })) });
  const ports = {
    settings: () => ({ config }) as Settings,
    fixWorld: async () => ({ world: stage.world, close: async () => undefined }),
    ask: async (question: string) => {
      told.questions.push(question);
      return typed;
    },
    user: "ana",
  };
  await fixCommand(ports, io).parseAsync(["node", "fix", ...args]);
  return told;
}

const kept = async () => (await stage.documents.find("remediations", {}, { limit: 5 }))[0];

describe("node-why fix", () => {
  test("runs after the node's name was typed, and exits 0 once it is proved", async () => {
    const { code, out, questions } = await fix(["n2", "restart-runtime"], "n2\n");
    expect(questions).toHaveLength(1);
    expect(code).toBe(0);
    expect(out).toContain("SUCCEEDED");
    expect(await kept()).toMatchObject({
      state: "succeeded",
      confirmedBy: "cli:ana",
      place: { surface: "cli" },
      news: "told",
    });
  });

  test.each([
    ["another name", "n1"],
    ["yes", "yes"],
    ["nothing", ""],
    ["no terminal", null],
  ])("%s is no confirmation", async (_, typed) => {
    const { code } = await fix(["n2", "restart-runtime"], typed);
    expect(code).toBe(1);
    expect(stage.node.sent).toEqual([]);
    expect(await kept()).toMatchObject({ state: "refused", outcome: { code: "cancelled" } });
  });

  test("a dry run asks nothing, runs nothing and shows the plan", async () => {
    const { code, out, questions } = await fix(["lab/n2", "restart-runtime", "--dry-run", "--json"]);
    expect([code, questions, stage.node.sent]).toEqual([0, [], []]);
    expect(JSON.parse(out)).toMatchObject({
      node: "n2",
      cause: "runtime-stopped",
      wouldRun: true,
      plan: [
        { argv: ["systemctl", "restart", "containerd.service"] },
        { argv: ["systemctl", "restart", "kubelet.service"], unlessWellWithinMs: 60_000 },
      ],
    });
    expect(out).not.toContain("seal");
  });

  test("a dry run of what a guard refuses exits 1 and names the guard", async () => {
    stage.node.labels = { "node-why.dev/opt-out": "true" };
    const { code, out } = await fix(["n2", "restart-runtime", "--dry-run", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ wouldRun: false });
    expect(out).toContain("opt-out");
  });

  test("a fix that fails exits 1, as JSON without its seal", async () => {
    stage.node.onStep = async () => ({ kind: "exited", exitCode: 5, output: "Job failed" });
    const { code, out } = await fix(["n2", "restart-runtime", "--json"], "n2");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      state: "failed",
      steps: [{ exitCode: 5, output: "Job failed" }],
      unrecorded: null,
    });
    expect(out).not.toContain('"seal"');
  });

  test.each([["restart-kubelet"], ["reboot"]])("%s is not offered for this cause", async (action) => {
    const { code } = await fix(["n2", action], "n2");
    expect(code).toBe(1);
    expect(stage.node.sent).toEqual([]);
  });

  test.each([
    ["a name that is none", ["--dry-run", "N 2;", "restart-runtime"], ["lab"]],
    ["several clusters and none named", ["n2", "restart-runtime"], ["lab", "prod"]],
    ["a cluster that is not configured", ["other/n2", "restart-runtime"], ["lab"]],
    ["no cluster at all", ["n2", "restart-runtime"], []],
  ])("%s is the operator's to mend", async (_, args, clusters) => {
    await expect(fix(args, "n2", clusters)).rejects.toBeInstanceOf(OperatorError);
  });
});
