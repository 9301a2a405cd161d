import { describe, expect, test } from "@jest/globals";
import { parseYaml } from "../knowledge/parse.ts";
import { policyOf } from "../usecases/remediate/policy.ts";
import { configSchema } from "./schema.ts";

const read = (text: string) => parseYaml("c.yaml", text, configSchema);
const policy = (text: string) => {
  const { value } = read(text);
  return value && policyOf(value);
};

test.each([
  ["{}", "off"],
  ["remediation: off", "off"],
  ["remediation: propose", "propose"],
  ["remediation: confirm", "confirm"],
  ["remediation: { mode: confirm }", "confirm"],
  ["remediation: { hold: 10s }", "off"],
])("%s is mode %s", (text, mode) => {
  expect(policy(text)).toMatchObject({
    mode,
    expiryMs: 900_000,
    limits: { notReadyPercent: 20, atOnce: 3, cooldownMs: 600_000 },
  });
});

test("the lease outlives whatever is done under it", () => {
  expect(policy("{}")?.leaseMs).toBe(160_000);
  expect(policy("deadline: 10m")?.leaseMs).toBe(660_000);
});

describe("what is refused, with the nearest key", () => {
  test.each([
    ["remediation: maybe", /"confirm"/],
    ["remediation: { hodl: 3s }", /there is no such key/],
    ["remediation: { cooldwn: 3m }", /did you mean cooldown/],
    ["remediation: { limits: { atOnc: 1 } }", /did you mean atOnce/],
    ["remediation: { limits: { notReadyPercent: 0 } }", /notReadyPercent/],
    ["clusters: [{ name: a, acting: { user: x } }]", /identityFile/],
    [
      "clusters: [{ name: a, ssh: { user: x }, acting: { user: x, identityFile: b } }]",
      /must not be the one that reads/,
    ],
    [
      "clusters: [{ name: a, ssh: { identityFile: b }, acting: { user: x, identityFile: b } }]",
      /must not be the one that reads/,
    ],
  ])("%s", (text, problem) => {
    expect(
      read(text)
        .problems.map(({ message }) => message)
        .join(),
    ).toMatch(problem);
  });
});
