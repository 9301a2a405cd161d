import { z } from "zod";
import { type EvidenceSet, sources, unavailableReasons } from "./evidence.ts";

/**
 * The forms of a bundle. Schema 1 is an EvidenceSet as one JSON document; schema 2 is an archive with a
 * manifest and a file for each answer's text. Anything else is refused, so that nothing is half-read.
 */

const longestText = 128 * 1024 * 1024;
const mostItems = 5_000;
const mostWords = 2_000;

const text = z.string().max(longestText);
const short = z.string().max(64 * 1024);
const name = z.string().min(1).max(253);
const time = z.iso.datetime({ offset: true });

/** Where the text of an answer lies in the archive: nothing that could lead out of it. */
export const textFile = z.string().regex(/^evidence\/\d{4}-[a-z0-9-]{1,80}\.(?:out|err)$/);

const shown = { exitCode: z.number().int().nullable(), truncated: z.boolean(), excerpt: z.boolean() };
const value = z.strictObject({ kind: z.literal("value"), stdout: text, stderr: text, ...shown });
const filed = z.strictObject({
  kind: z.literal("value"),
  stdout: textFile.nullable(),
  stderr: textFile.nullable(),
  ...shown,
});
const absent = z.strictObject({ kind: z.literal("absent"), detail: short });
const unavailable = z.strictObject({
  kind: z.literal("unavailable"),
  reason: z.enum(unavailableReasons),
  detail: short,
  grant: short.exactOptional(),
});

const question = {
  probe: name,
  source: z.enum(sources),
  asked: z.array(text).max(mostWords),
  at: time.nullable(),
  tookMs: z.number().min(0),
};
const evidence = z.strictObject({
  ...question,
  answer: z.discriminatedUnion("kind", [value, absent, unavailable]),
});
const filedEvidence = z.strictObject({
  ...question,
  answer: z.discriminatedUnion("kind", [filed, absent, unavailable]),
});

const about = {
  node: name.nullable(),
  cluster: name.nullable(),
  at: time.nullable(),
  year: z.number().int().min(1970).max(9999).nullable(),
  window: z.strictObject({ from: time, until: time }).exactOptional(),
  /** What was masked, by rule and count. */
  masked: z.record(z.string().max(80), z.number().int().min(1)).exactOptional(),
};

export const bundleSchema: z.ZodType<EvidenceSet> = z.strictObject({
  schema: z.literal(1),
  ...about,
  items: z.array(evidence).max(mostItems),
});

export const manifestSchema = z.strictObject({
  format: z.literal("node-why bundle"),
  schema: z.literal(2),
  ...about,
  items: z.array(filedEvidence).max(mostItems),
});
export type Manifest = z.infer<typeof manifestSchema>;
