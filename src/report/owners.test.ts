import { expect, test } from "@jest/globals";
import { confirmed } from "../../test/present/reports.ts";
import { type OwnerRule, withOwners } from "./owners.ts";
import type { Report } from "./report.ts";

const [disk] = confirmed.causes;
const report: Report = {
  ...confirmed,
  facts: { ...confirmed.facts, identity: { pool: "gpu" } },
  causes: disk ? [{ ...disk, owner: "of-the-file", runbook: "https://file.example" }] : [],
};
const cluster = report.cluster ?? "";

test.each<[string, readonly OwnerRule[], string, string]>([
  ["none", [], "of-the-file", "https://file.example"],
  ["a rule for all", [{ owner: "sre" }], "sre", "https://file.example"],
  ["another pool", [{ pool: "web", owner: "web" }], "of-the-file", "https://file.example"],
  ["its pool", [{ owner: "sre" }, { pool: "gpu", owner: "gpu-team" }], "gpu-team", "https://file.example"],
  [
    "what names more wins",
    [
      { cluster, cause: "disk-io-error", owner: "storage" },
      { pool: "gpu", owner: "g" },
    ],
    "storage",
    "https://file.example",
  ],
  [
    "of equals the later",
    [
      { pool: "gpu", owner: "a" },
      { area: "hardware", owner: "b" },
    ],
    "b",
    "https://file.example",
  ],
  [
    "owner and runbook each for itself",
    [
      { pool: "gpu", owner: "g" },
      { cause: "disk-io-error", cluster, runbook: "https://disks.example" },
    ],
    "g",
    "https://disks.example",
  ],
])("%s", (_, rules, owner, runbook) => {
  expect(withOwners(report, rules).causes[0]).toMatchObject({ owner, runbook });
});
