import { z } from "zod";

/** Lengths are counted in UTF-16 units: never more generous than Slack. */
export const limits = {
  blocksPerMessage: 50,
  blocksPerView: 100,
  sectionText: 3_000,
  sectionFields: 10,
  fieldText: 2_000,
  headerText: 150,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  optionText: 75,
  optionValue: 150,
  options: 100,
  overflowOptions: 5,
  choiceOptions: 10,
  viewTitle: 24,
  privateMetadata: 3_000,
  identifier: 255,
  url: 3_000,
  placeholder: 150,
  inputLabel: 2_000,
  altText: 2_000,
  tableRows: 100,
  tableColumns: 20,
  tablesPerMessage: 1,
  chartsPerMessage: 2,
  chartTitle: 50,
  chartLabel: 20,
  chartSeries: 6,
  chartCategories: 20,
  markdownText: 12_000,
  /** Not documented; seen as `msg_blocks_too_long` from about this many characters on (slackapi/bolt-js issue 2509). */
  messageBlocksText: 13_000,
  /** chat.update refuses longer text with `msg_too_long`. */
  updateText: 4_000,
  /** chat.postMessage cuts here; the stand-in refuses, so that nothing is lost unseen. */
  postText: 40_000,
  viewBytes: 250_000,
} as const;

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal("plain_text"), text: z.string().min(1).max(max), emoji: z.boolean().optional() });

export const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal("mrkdwn"), text: z.string().min(1).max(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion("type", [plainText(max), mrkdwn(max)]);

export const identifier = z.string().min(1).max(limits.identifier);

export const url = z.string().min(1).max(limits.url);

export type PlainText = z.infer<ReturnType<typeof plainText>>;
export type AnyText = z.infer<ReturnType<typeof anyText>>;
