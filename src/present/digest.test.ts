import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { validateMessageBlocks } from "../demo/slack/validate/validate.ts";
import type { Digest, DigestCause } from "../report/digest.ts";
import { digestMessage } from "./blocks/digest.ts";
import { digestWords } from "./digest.ts";
import { digestText } from "./text/digest.ts";

const disk: DigestCause = {
  cause: "disk-full",
  title: "Disk is full",
  incidents: 5,
  nodes: 3,
  minutes: 725,
  before: { perWeek: 1.25, minutes: 120 },
  trend: "up",
  isNew: false,
  shared: [{ attribute: "image", value: "Ubuntu 24.04", withCause: 3, ofCause: 3, withOthers: 1, ofOthers: 6 }],
  lastingFix: "Give images a volume of their own",
};

const quietWeek: Digest = {
  schema: 1,
  week: "2026-W47",
  timezone: "Europe/Berlin",
  from: "2026-11-15T23:00:00.000Z",
  to: "2026-11-22T23:00:00.000Z",
  clusters: ["lab", "prod"],
  incidents: 0,
  nodes: 0,
  minutes: 0,
  open: 0,
  weeks: [2, 0, 1, 3, 0].map((incidents, nth) => ({ week: `2026-W${43 + nth}`, incidents, minutes: incidents * 10 })),
  causes: [],
  repeatNodes: [],
  fixesNotHeld: [],
  unknown: 0,
};

const loudWeek: Digest = {
  ...quietWeek,
  incidents: 6,
  nodes: 4,
  minutes: 800,
  open: 1,
  causes: [disk],
  unknown: 1,
  repeatNodes: [{ cluster: "prod", node: "worker-7", incidents: 3, before: 1, causes: ["disk-full"] }],
  fixesNotHeld: [
    {
      cluster: "prod",
      node: "worker-7",
      cause: "disk-full",
      action: "restart-kubelet",
      at: "2026-11-17T12:00:00.000Z",
      heldMinutes: 90,
    },
  ],
};

const allText = (value: unknown): string => JSON.stringify(value);

describe("the digest in words", () => {
  test("a quiet week is one line with its days in the zone of the week, and what was usual", () => {
    const text = digestText(quietWeek);
    expect(text.trimEnd().split("\n")).toHaveLength(1);
    for (const said of ["2026-W47", "16 Nov", "22 Nov", "Europe/Berlin", "lab, prod", "1.5 per week"])
      expect(text).toContain(said);
    expect(digestMessage(quietWeek).blocks).toHaveLength(1);
  });

  test("the headline alone says how much, on how many, and what cost most", () => {
    const { headline } = digestWords(loudWeek);
    for (const said of ["6 incidents", "4 nodes", "13 h", "1 not seen to end", "disk is full"])
      expect(headline).toContain(said);
  });

  test("each surface says the same", () => {
    const [terminal, slack] = [digestText(loudWeek), allText(digestMessage(loudWeek))];
    for (const said of [
      "5 incidents on 3 nodes",
      "Up from 1.3 per week",
      "3 of 3 nodes with this cause have image Ubuntu 24.04",
      "1 of 6",
      "Give images a volume of their own",
      "1 incident without a named cause",
      "prod/worker-7: 3 incidents and 1 in the four weeks before",
      "held 1 h 30 min",
      "2, 0, 1, 3, 0 incidents in W43 to W47",
    ]) {
      expect(terminal).toContain(said);
      expect(slack).toContain(said);
    }
  });

  test("where nothing is remembered of before, nothing is called new", () => {
    const first = { ...disk, isNew: true, trend: "new" as const, before: { perWeek: 0, minutes: 0 } };
    const weeks = loudWeek.weeks.map((week, nth) => (nth < 4 ? { ...week, incidents: 0 } : week));
    expect(digestText({ ...loudWeek, causes: [first] })).toContain("NEW");
    const alone = digestText({ ...loudWeek, causes: [first], weeks });
    expect(alone).not.toContain("NEW");
    expect(alone).toContain("Nothing is remembered");
  });

  test("what a node calls itself is never markup, and steers no terminal", () => {
    const value = "<!channel> *x* \u001b[31mred\nline";
    const shared = [{ attribute: "image", value, withCause: 3, ofCause: 3, withOthers: 0, ofOthers: 0 }];
    const hostile: Digest = { ...loudWeek, clusters: ["<!here>"], causes: [{ ...disk, title: "<!channel>", shared }] };
    const { text, blocks } = digestMessage(hostile);
    expect(text).not.toContain("<");
    expect(blocks.every(({ type }) => type === "rich_text")).toBe(true);
    expect(allText(blocks)).not.toContain('"mrkdwn"');
    expect(digestText(hostile)).not.toContain("\u001b");
    expect(digestText(hostile).split("\n")).toHaveLength(digestText(loudWeek).split("\n").length);
  });

  test("however much there is, Slack takes it", () => {
    const long = fc.string({ maxLength: 2_000, unit: "binary" });
    const count = fc.nat({ max: 1e7 });
    fc.assert(
      fc.property(fc.array(long, { maxLength: 60 }), count, (texts, minutes) => {
        const shared = texts.map((value) => ({
          attribute: value,
          value,
          withCause: 3,
          ofCause: 4,
          withOthers: 0,
          ofOthers: 3,
        }));
        const busy: Digest = {
          ...loudWeek,
          minutes,
          clusters: texts,
          causes: texts.map((title) => ({ ...disk, title, shared, lastingFix: title })),
          repeatNodes: texts.map((node) => ({ cluster: node, node, incidents: 2, before: 0, causes: texts })),
          fixesNotHeld: loudWeek.fixesNotHeld.flatMap((fix) => texts.map((node) => ({ ...fix, node }))),
        };
        expect(validateMessageBlocks(digestMessage(busy).blocks)).toMatchObject({ ok: true });
        expect(digestMessage(busy).text.length).toBeLessThanOrEqual(2_500);
      }),
      { numRuns: 50 },
    );
  });

  test("what is left out is counted", () => {
    const repeatNodes = Array.from({ length: 12 }, (_, nth) => ({
      cluster: "prod",
      node: `n${nth}`,
      incidents: 2,
      before: 0,
      causes: [],
    }));
    expect(allText(digestMessage({ ...loudWeek, repeatNodes }))).toContain("and 4 more");
    expect(digestText({ ...loudWeek, repeatNodes })).toContain("n11");
  });
});
