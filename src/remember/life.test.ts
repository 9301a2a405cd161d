import { describe, expect, test } from "@jest/globals";
import { healthy, identity, november, summary } from "../../test/store/samples.ts";
import { incidentSchema, keptReports, type ReportSummary } from "./incident.ts";
import { opened, withReport } from "./life.ts";

const begin = (first: ReportSummary) =>
  opened({ id: "inc-1", openedAt: november(1).toISOString() }, first, november(1));
const unreadable = summary({ verdict: "unknown", roots: [], fingerprints: [], report: { nothing: true } });
const likely = (cause: string) => summary({ verdict: "likely", roots: [cause], fingerprints: [cause] });
const confirmed = (cause: string) => summary({ roots: [cause], fingerprints: [cause] });

/** What an incident is remembered by after these reports in this order. */
function findingsAfter(first: ReportSummary, ...later: readonly ReportSummary[]) {
  const { verdict, roots, fingerprints } = later.reduce(
    (incident, report) => withReport(incident, report, november(2)),
    begin(first),
  );
  expect(fingerprints).toEqual(roots);
  return [verdict, ...roots];
}

describe("the life of an incident", () => {
  test("opens with what the first report says", () => {
    const incident = begin(summary({ bundle: "nw-1", askedBy: "cli" }));
    expect(incidentSchema.parse(incident)).toEqual(incident);
    expect(incident).toMatchObject({
      status: "open",
      openedAt: "2026-11-01T12:00:00.000Z",
      closedAt: null,
      bundle: "nw-1",
      reports: [{ at: "2026-11-01T12:00:00.000Z", verdict: "confirmed", roots: ["disk-full"], askedBy: "cli" }],
    });
  });

  test.each<[string, readonly [ReportSummary, ...ReportSummary[]], readonly string[]]>([
    ["a guess is replaced by a newer one", [likely("a"), likely("b")], ["likely", "b"]],
    ["a guess is replaced by a proof", [likely("a"), confirmed("b")], ["confirmed", "b"]],
    ["a proof is not replaced by a guess", [confirmed("a"), likely("b")], ["confirmed", "a"]],
    ["a second proof is added: both stood in the way", [confirmed("a"), confirmed("b")], ["confirmed", "a", "b"]],
    ["the same proof again adds nothing", [confirmed("a"), confirmed("a")], ["confirmed", "a"]],
    ["a report that read nothing takes nothing away", [likely("a"), unreadable], ["likely", "a"]],
    ["the first that reads something counts", [unreadable, likely("a")], ["likely", "a"]],
    ["nothing read twice is unknown", [unreadable, unreadable], ["unknown"]],
  ])("%s", (_what, [first, ...later], expected) => {
    expect(findingsAfter(first, ...later)).toEqual(expected);
  });

  test("a healthy report closes it, and what was found stays", () => {
    const closed = withReport(begin(summary({ bundle: "nw-1" })), healthy({ report: { fine: true } }), november(3));
    expect(incidentSchema.parse(closed)).toEqual(closed);
    expect(closed).toMatchObject({
      status: "closed",
      closedAt: "2026-11-03T12:00:00.000Z",
      verdict: "confirmed",
      roots: ["disk-full"],
      lastReport: { schema: 1 },
      bundle: "nw-1",
    });
    expect(closed.reports.at(-1)).toMatchObject({ verdict: "none", roots: [] });
  });

  test("the newest evidence is kept, and the last where a report has none", () => {
    const one = withReport(begin(summary({ bundle: "nw-1" })), summary({ bundle: "nw-2" }), november(2));
    expect(withReport(one, summary(), november(3)).bundle).toBe("nw-2");
  });

  test("identity is what it was at the beginning, completed by what could be read later", () => {
    const early = begin(summary({ identity: { ...identity, bootId: null } }));
    const later = withReport(early, summary({ identity: { ...identity, bootId: "b2", kernel: "6.9" } }), november(2));
    expect(later.identity).toEqual({ ...identity, bootId: "b2" });
  });

  test(`keeps the last ${keptReports} reports`, () => {
    const asked = Array.from({ length: 30 }, (_, turn) => summary({ askedBy: `U${turn}` }));
    const incident = asked.reduce((before, report) => withReport(before, report, november(2)), begin(summary()));
    expect(incident.reports.map(({ askedBy }) => askedBy)).toEqual(
      asked.slice(-keptReports).map(({ askedBy }) => askedBy),
    );
    expect(incidentSchema.safeParse(incident).success).toBe(true);
  });

  test("of a report that is too large only the size is kept", () => {
    const { lastReport } = begin(summary({ report: { log: "é".repeat(200_000) } }));
    expect(lastReport).toEqual({ omitted: expect.any(String), bytes: 400_010 });
  });
});
