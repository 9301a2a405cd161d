import { z } from "zod";
import { streams } from "../facts/log.ts";

/** The form of the files in `knowledge/`. Everything else about them (ids, edges, facts) is checked by lint. */

export const areas = [
  "hardware",
  "cloud",
  "kernel",
  "filesystem",
  "resources",
  "time",
  "network",
  "control-plane",
  "certificates",
  "runtime",
  "cni",
  "kubelet-config",
  "kubelet",
  "none",
] as const;
export type Area = (typeof areas)[number];

export const weights = ["proof", "strong", "hint", "against", "excludes"] as const;
export type Weight = (typeof weights)[number];

export const verdicts = ["confirmed", "likely", "possible", "unknown", "ruled-out", "absent"] as const;
export type Verdict = (typeof verdicts)[number];

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "an id is words of a-z and 0-9 joined by -");
const duration = z.string().regex(/^-?\d+(s|m|h|d)$/, "a duration is a number and s, m, h or d, as in 15m");
const text = z.string().trim().min(1).max(4000);
/** A link is shown to people as one they may open, so nothing but https. */
export const httpsLink = z.url({ protocol: /^https$/, error: "a link begins with https://" }).max(500);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A literal, or another fact, moved in time where that makes sense: `{ fact: node.heartbeat, plus: 15m }`. */
const operand = z.union([
  scalar,
  z.strictObject({ fact: z.string(), plus: duration.optional(), minus: duration.optional() }),
]);
export type Operand = z.infer<typeof operand>;

const comparisons = {
  is: operand.optional(),
  not: operand.optional(),
  in: z.array(scalar).min(1).optional(),
  notIn: z.array(scalar).min(1).optional(),
  above: operand.optional(),
  atLeast: operand.optional(),
  below: operand.optional(),
  atMost: operand.optional(),
  before: operand.optional(),
  after: operand.optional(),
  /** A linear-time pattern (RE2 syntax) on a string. */
  matches: z.string().min(1).max(500).optional(),
  /** A list holds this, or a string has this inside. */
  contains: operand.optional(),
};
const matcher = z.union([scalar, z.strictObject(comparisons)]);
export type Matcher = z.infer<typeof matcher>;
const rowMatcher = z.record(z.string(), matcher);

const factCondition = z.strictObject({
  fact: z.string(),
  ...comparisons,
  /** true: it is there, whatever its value; false: asked and not there. */
  present: z.boolean().optional(),
  /** At least one row fits all columns; the row's columns are bound for `says` and fixes. */
  some: rowMatcher.optional(),
  /** No row fits. */
  noRow: rowMatcher.optional(),
  /** The list has no entries (or, with false, some). */
  empty: z.boolean().optional(),
});
export type FactCondition = z.infer<typeof factCondition>;

const logCondition = z.strictObject({
  /** RE2 patterns on one line, any of which; named groups `(?P<name>…)` are bound. */
  log: z.union([z.string().min(3), z.array(z.string().min(3)).min(1)]),
  in: z.array(z.enum(streams)).min(1).optional(),
  /** Lines that also fit one of these do not count. */
  unless: z.union([z.string(), z.array(z.string())]).optional(),
  /** So many present lines are needed (default 1). Fewer are no alarm. */
  atLeast: z.number().int().min(1).max(10_000).optional(),
  /** The `atLeast` lines must lie within this time of each other. */
  within: duration.optional(),
  /** Only lines written this long before now count as present; older ones are history. */
  recent: duration.optional(),
  /** Named groups must have these values: a literal or a fact (`device: { in: … }`). */
  where: rowMatcher.optional(),
});
export type LogCondition = z.infer<typeof logCondition>;

export type Condition =
  | FactCondition
  | LogCondition
  | { readonly symptom: string }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    factCondition,
    logCondition,
    z.strictObject({ symptom: id }),
    z.strictObject({ all: z.array(condition).min(1) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
  ]),
) as z.ZodType<Condition>;

const rule = z.strictObject({
  id,
  weight: z.enum(weights),
  /** The finding in words; `{name}` is a bound value. */
  says: text,
  when: condition,
  /** Where the pattern was seen: component, version, link. Needed where a rule reads logs. */
  seen: z.union([text, z.array(text)]).optional(),
});
export type Rule = z.infer<typeof rule>;

const edge = z.union([
  id.transform((to) => ({ to })),
  z.strictObject({
    to: id,
    /** How much later than its effect the cause may have been seen first (default 2m). */
    lag: duration.optional(),
    /** The effect must begin within this time of the cause. */
    within: duration.optional(),
    /** How it comes to that, in words, for the chain. */
    says: text.optional(),
  }),
]);
export type Edge = { to: string; lag?: string | undefined; within?: string | undefined; says?: string | undefined };

const step = z.strictObject({
  /** Where it is run. */
  on: z.enum(["node", "control-plane", "workstation", "cloud"]).default("node"),
  argv: z.array(z.string()).min(1).optional(),
  do: text.optional(),
});

const fix = z.strictObject({
  /** Id of an action that node-why can run after a confirmed button; null: by hand. */
  action: id.nullable().default(null),
  says: text,
  steps: z.array(step).min(1),
  risk: z.enum(["none", "low", "medium", "high"]),
  /** How to see that it worked. */
  verify: text,
  /** A fix that keeps the cause from coming back, for the digest. */
  lasting: z.boolean().default(false),
});
export type Fix = z.infer<typeof fix>;

const seen = z.union([text, z.array(text)]);

const caseParts = {
  name: text,
  at: z.iso.datetime().optional(),
  /** Known facts; null: asked and not there. What is not listed is unavailable. */
  facts: z.record(z.string(), z.unknown()).default({}),
  logs: z.partialRecord(z.enum(streams), z.array(z.string())).default({}),
  /** Streams that were read whole: what is not in them did not happen. */
  complete: z.array(z.enum(streams)).default([]),
  /** Facts or streams that could not be read, by name, for the reader; nothing unlisted is known anyway. */
  unavailable: z.array(z.string()).default([]),
};

const knowledgeCase = z.strictObject({
  ...caseParts,
  expect: z.strictObject({
    verdict: z.union([z.enum(verdicts), z.array(z.enum(verdicts)).min(1)]),
    by: z.array(id).optional(),
    root: z.boolean().optional(),
  }),
});
export type KnowledgeCase = z.infer<typeof knowledgeCase>;

/** How a warning comes true: at the next boot, at the next start of the service, at a known time, or as something runs out. */
export const strikes = ["reboot", "restart", "date", "shortage"] as const;
export type Strikes = (typeof strikes)[number];

/** The case of a warning: facts and lines, and whether it warns (null: nobody can tell). */
const warningCase = z.strictObject({ ...caseParts, warns: z.boolean().nullable() });
export type WarningCase = z.infer<typeof warningCase>;

/** What a node that is still well already shows of the cause. */
const warning = z.strictObject({
  id,
  /** What is found, in words; `{name}` is a bound value. */
  says: text,
  when: condition,
  strikes: z.enum(strikes),
  /** With `strikes: date`, the fact with the time: it warns if that comes within the time asked about. */
  by: z.string().optional(),
  /** false: it may also go well, for a reason that cannot be read; `why` says which. */
  sure: z.boolean().default(true),
  /** What then happens, and why. */
  why: text,
  /** What to do now, while nothing is broken. */
  steps: z.array(step).min(1),
  seen: seen.optional(),
  cases: z.array(warningCase).default([]),
});
export type Warning = z.infer<typeof warning>;

/** Whether the trouble stays until somebody acts or ends by itself, and then when: `{ passing: when the boot is done }`. */
const course = z.union([z.enum(["lasting", "passing"]), z.strictObject({ passing: text })]);
export type Course = z.infer<typeof course>;

export const causeSchema = z.strictObject({
  id,
  title: text,
  area: z.enum(areas),
  maturity: z.enum(["sandbox", "incubating", "stable"]),
  /** It is over once it happened (panic, power-off, OOM kill): history confirms it if its symptom follows. */
  event: z.boolean().default(false),
  /** Where nothing is said it lasts: who waits in vain loses more than who acts too early. */
  course: course.default("lasting"),
  /** The cause as a part of a sentence, for line 1 and the chain; `{name}` is a bound value. */
  says: text,
  /** What happens and why, two to six sentences that teach. */
  what: text,
  "leads-to": z.array(edge).default([]),
  rules: z.array(rule).default([]),
  /** What a node that is still well shows of it. */
  warnings: z.array(warning).default([]),
  /** What to look at by hand where no probe can tell. */
  settle: z.array(z.strictObject({ argv: z.array(z.string()).min(1), why: text })).default([]),
  fixes: z.array(fix).default([]),
  /** What does not help or harms, and why. */
  never: z.array(z.strictObject({ do: text, because: text })).default([]),
  /** Where a source is wrong today, and what is right. */
  corrections: z.array(z.strictObject({ source: text, says: text, right: text })).default([]),
  /** Bound names that make two incidents the same. */
  fingerprint: z.array(z.string()).default([]),
  /** Versions it applies to, in words. */
  applies: text.optional(),
  owner: text.optional(),
  runbook: httpsLink.optional(),
  sources: z.array(text).min(1),
  cases: z.array(knowledgeCase).default([]),
});
export type CauseFile = z.infer<typeof causeSchema>;

export const symptomsSchema = z.strictObject({
  symptoms: z
    .array(
      z.strictObject({
        id,
        title: text,
        /** As a part of the chain: "NotReady". */
        says: text,
        when: condition,
        /** While this is true the symptom is not there, whatever was printed; unknown does not keep it out. */
        unless: condition.optional(),
        "leads-to": z.array(edge).default([]),
        seen: z.union([text, z.array(text)]).optional(),
      }),
    )
    .min(1),
});
export type SymptomFile = z.infer<typeof symptomsSchema>["symptoms"][number];

export const noiseSchema = z.strictObject({
  /** What makes a line or a condition alarming at all. */
  alarming: z
    .array(z.strictObject({ id, log: z.string().min(2), in: z.array(z.enum(streams)).optional() }))
    .default([]),
  /** Alarming lines that mean nothing, each with its reason. */
  noise: z
    .array(
      z.strictObject({
        id,
        log: z.union([z.string().min(3), z.array(z.string().min(3))]),
        in: z.array(z.enum(streams)).optional(),
        /** It means nothing only while this is true; unknown is not true. */
        when: factCondition.optional(),
        because: text,
        seen: text,
        /** So many are still no alarm (default: any number). */
        atMost: z.number().int().optional(),
      }),
    )
    .default([]),
});
export type NoiseFile = z.infer<typeof noiseSchema>;
