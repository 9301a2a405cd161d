/** From incidents and fixes in a real store to the digest on the terminal. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Digest } from "../../src/report/digest.ts";
import { OperatorError } from "../../src/shared/errors.ts";
import { cli, record, threeWeeks } from "./digest-scene.ts";
import { proposed, run, type Scene, scene } from "./remediation-scene.ts";

let stage: Scene;
beforeEach(async () => {
  stage = await scene();
});
afterEach(() => stage.close());

describe("node-why digest", () => {
  test("--json is the contract: causes by cost against the weeks before, in words of the knowledge", async () => {
    await threeWeeks(stage.documents);
    const digest: Digest = JSON.parse(await cli(stage.documents, "--json"));
    expect(digest).toMatchObject({
      schema: 1,
      week: "2026-W47",
      from: "2026-11-16T00:00:00.000Z",
      to: "2026-11-23T00:00:00.000Z",
      clusters: ["lab"],
      incidents: 5,
      nodes: 4,
      minutes: 110,
      open: 0,
      unknown: 0,
      fixesNotHeld: [],
    });
    expect(digest.causes).toMatchObject([
      {
        cause: "disk-full",
        incidents: 2,
        nodes: 1,
        minutes: 80,
        before: { perWeek: 0.5, minutes: 15 },
        trend: "up",
        isNew: false,
      },
      {
        cause: "runtime-stopped",
        incidents: 3,
        nodes: 3,
        minutes: 30,
        before: { perWeek: 0, minutes: 0 },
        trend: "new",
        isNew: true,
      },
    ]);
    expect(digest.causes[0]?.title).not.toBe("disk-full");
    expect(digest.causes[0]?.lastingFix).not.toBeNull();
    expect(digest.causes[1]?.shared).toEqual([
      { attribute: "image", value: "new", withCause: 3, ofCause: 3, withOthers: 0, ofOthers: 2 },
    ]);
    expect(digest.repeatNodes).toEqual([
      { cluster: "lab", node: "n1", incidents: 2, before: 1, causes: ["disk-full"] },
    ]);
  });

  test("any week, as often as one likes; a quiet one is one line", async () => {
    await threeWeeks(stage.documents);
    expect(JSON.parse(await cli(stage.documents, "--week", "2026-W46", "--json"))).toMatchObject({
      week: "2026-W46",
      incidents: 1,
    });
    const quiet = await cli(stage.documents, "--week", "2026-W44");
    expect(quiet.trimEnd().split("\n")).toHaveLength(1);
    expect(await cli(stage.documents, "--week", "2026-W47")).toBe(await cli(stage.documents));
  });

  test.each(["2026-W99", "2027-W01", "soon"])("--week %s is refused with the next step", async (week) => {
    await expect(cli(stage.documents, "--week", week)).rejects.toBeInstanceOf(OperatorError);
  });

  test("a real fix that was verified and did not hold is named with how long it held", async () => {
    const { remediation } = await run(stage.world, await proposed(stage.world));
    expect(remediation.state).toBe("succeeded");
    const fixedAt = new Date(remediation.endedAt ?? "");
    await record(stage.documents, new Date(fixedAt.getTime() + 90 * 60_000), { node: "n2" });
    const { fixesNotHeld }: Digest = JSON.parse(await cli(stage.documents, "--json"));
    expect(fixesNotHeld).toEqual([
      {
        cluster: "lab",
        node: "n2",
        cause: "runtime-stopped",
        action: "restart-runtime",
        at: remediation.endedAt,
        heldMinutes: 90,
      },
    ]);
  });
});
