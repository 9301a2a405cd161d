import { z } from "zod";
import { type EvidenceSet, sources, unavailableReasons } from "./evidence.ts";

/** The form of a bundle: an EvidenceSet as JSON. Anything else is refused, so that nothing is half-read. */

const longestText = 64 * 1024 * 1024;
const mostItems = 5_000;
const mostWords = 2_000;

const text = z.string().max(longestText);
const name = z.string().min(1).max(253);
const time = z.iso.datetime({ offset: true });

const value = z.strictObject({
  kind: z.literal("value"),
  stdout: text,
  stderr: text,
  exitCode: z.number().int().nullable(),
  truncated: z.boolean(),
  excerpt: z.boolean(),
});
const absent = z.strictObject({ kind: z.literal("absent"), detail: text });
const unavailable = z.strictObject({
  kind: z.literal("unavailable"),
  reason: z.enum(unavailableReasons),
  detail: text,
  grant: text.exactOptional(),
});

const evidence = z.strictObject({
  probe: name,
  source: z.enum(sources),
  asked: z.array(text).max(mostWords),
  at: time.nullable(),
  tookMs: z.number().min(0),
  answer: z.discriminatedUnion("kind", [value, absent, unavailable]),
});

export const bundleSchema: z.ZodType<EvidenceSet> = z.strictObject({
  schema: z.literal(1),
  node: name.nullable(),
  cluster: name.nullable(),
  at: time.nullable(),
  year: z.number().int().min(1970).max(9999).nullable(),
  items: z.array(evidence).max(mostItems),
});
