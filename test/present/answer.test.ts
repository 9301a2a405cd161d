import { describe, expect, test } from "@jest/globals";
import { validateMessageBlocks } from "../../src/demo/slack/validate/validate.ts";
import { answerOf } from "../../src/present/answer.ts";
import { answerMessage, evidenceMessage } from "../../src/present/blocks/answer.ts";
import { answerText } from "../../src/present/text/answer.ts";
import type { Report } from "../../src/report/report.ts";
import * as reports from "./reports.ts";

const all: readonly [string, Report][] = Object.entries(reports);

describe("the answer's wording", () => {
  test.each(all)("%s", (_, report) => {
    expect(answerText(answerOf(report))).toMatchSnapshot();
  });
});

describe("what Slack can show", () => {
  test.each(all)("%s, as it is", (_, report) => {
    const refused = validateMessageBlocks(answerMessage(answerOf(report)).blocks);
    expect(refused.ok ? [] : refused).toEqual([]);
  });

  test("an owner's words are no markup, and only https is a link", () => {
    const nasty = "<!channel> *bold* <https://evil.example|click>";
    const causes = reports.passing.causes.map((each) => ({ ...each, owner: nasty, runbook: "javascript:alert(1)" }));
    const { text, blocks } = answerMessage(answerOf({ ...reports.passing, causes }));
    expect(text).not.toContain("<!channel>");
    const elements = blocks.flatMap((block) => block.elements.flatMap((part) => [...part.elements]));
    expect(elements.filter(({ type }) => type === "link")).toEqual([]);
    expect(elements.some((each) => each.text.includes(nasty))).toBe(true);
    const shown = answerMessage(answerOf(reports.passing)).blocks.flatMap((block) =>
      block.elements.flatMap((part) => part.elements.filter(({ type }) => type === "link")),
    );
    expect(shown).toEqual([expect.objectContaining({ url: "https://wiki.example/disks?a=1&b=2" })]);
  });

  const endless = "x ".repeat(20_000);
  test.each(all)("%s, with endless words and lines", (_, report) => {
    const causes = report.causes.map((cause) => ({
      ...cause,
      says: endless,
      evidence: cause.evidence.map((each) => ({ ...each, says: endless, line: endless })),
    }));
    const answer = answerOf({ ...report, causes });
    for (const message of [answerMessage(answer), evidenceMessage(answer)]) {
      if (message === null) continue;
      const texts = message.blocks.flatMap(({ elements }) =>
        elements.flatMap((part) => part.elements.map(({ text }) => text)),
      );
      expect(message.text.length).toBeLessThanOrEqual(4_000);
      expect(message.blocks.length).toBeLessThanOrEqual(50);
      expect(texts.join("").length).toBeLessThanOrEqual(13_000);
      expect(texts.every((text) => text.length > 0)).toBe(true);
    }
  });
});
