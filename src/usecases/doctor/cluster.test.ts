import { describe, expect, test } from "@jest/globals";
import { loadRegistry } from "../../collect/registry.ts";
import { unavailable, value } from "../../evidence/evidence.ts";
import { failed, ok } from "../../shared/result.ts";
import { apiFindings, needsHere, rbacFindings } from "./cluster.ts";
import { aheadMs, credentialFindings } from "./credentials.ts";
import type { AccessReviews, ReviewedAccess } from "./ports.ts";

const now = new Date("2026-11-21T12:00:00Z");
const { probes } = await loadRegistry();
const states = (findings: readonly { readonly state: string }[]) => findings.map(({ state }) => state);

describe("API and clock", () => {
  test.each([
    ["Sat, 21 Nov 2026 12:00:03 GMT", ["fine", "fine"]],
    ["Sat, 21 Nov 2026 11:59:00 GMT", ["fine", "fix"]],
    ["Sat, 21 Nov 2026 12:01:00 GMT", ["fine", "fix"]],
    ["unknown", ["fine", "unknown"]],
  ])("%s", (date, expected) => {
    expect(states(apiFindings("c", value("{}", { stderr: `date: ${date}\n` }), now))).toEqual(expected);
  });

  test("no answer is something to fix, with the step that the answer names", () => {
    const [finding] = apiFindings("c", unavailable("unauthenticated", "401", "renew it"), now);
    expect(finding).toMatchObject({ state: "fix", next: ["renew it"] });
  });
});

describe("rights", () => {
  const needs = needsHere(probes, {}, null);
  const reviews = (may: (access: ReviewedAccess) => boolean): AccessReviews => ({
    allowed: async (access) => ok(may(access)),
  });

  test("all granted is one line", async () => {
    expect(
      states(
        await rbacFindings(
          "c",
          needs,
          reviews(() => true),
          1,
        ),
      ),
    ).toEqual(["fine"]);
  });

  test("each that is not granted is a line of its own, that names it", async () => {
    const found = await rbacFindings(
      "c",
      needs,
      reviews((access) => !("resource" in access) || access.resource !== "leases"),
      1,
    );
    expect(found).toMatchObject([{ state: "fix", says: expect.stringMatching(/leases in kube-node-lease/) }]);
  });

  test("a review that fails could not be told; where all fail, that is one line", async () => {
    const late = failed(unavailable("timed-out", "late"));
    const away: AccessReviews = { allowed: async () => late };
    expect(states(await rbacFindings("c", needs, away, 1))).toEqual(["unknown"]);
    const some: AccessReviews = { allowed: async (access) => ("path" in access ? late : ok(true)) };
    expect(await rbacFindings("c", needs, some, 1)).toMatchObject([
      { state: "unknown", says: expect.stringContaining("/version"), next: ["kubectl auth can-i get /version"] },
    ]);
  });

  test("more ways in need more rights, and those name their own grant", async () => {
    const kubelet = { needsAddress: true, on: () => ({ get: async () => value("") }) };
    const direct = needsHere(probes, { kubelet }, "kube-system");
    const more = direct.slice(needs.length).map(({ what }) => what);
    expect(more).toEqual(expect.arrayContaining(["nodes/configz", "pods/exec"]));
    expect(more).not.toContain("nodes/proxy");
    const found = await rbacFindings(
      "c",
      direct,
      reviews((access) => !("subresource" in access)),
      1,
    );
    expect(found.find(({ says }) => says.includes("pods/exec"))?.next[0]).toContain("--exec-namespace kube-system");
  });
});

test.each<[string, number, string]>([
  ["ended", -1, "fix"],
  ["ends soon", aheadMs - 1, "fix"],
  ["ends later", aheadMs + 1, "fine"],
  ["never ends", Number.POSITIVE_INFINITY, "fine"],
])("a credential that %s", (_name, left, state) => {
  const credential = { what: "it", endsAt: now.getTime() + left, renew: "renew" };
  const [finding] = credentialFindings("c", [credential], now);
  expect(finding).toMatchObject({ state, next: state === "fix" ? ["renew"] : [] });
});
