import { type Answer, value } from "../../evidence/evidence.ts";
import type { FactValue } from "../../facts/fact.ts";
import type { ReadContext, Reader } from "../../facts/reader.ts";

/** A context for tests of readers: nothing is known beside the answer. */
export const nothingKnown: ReadContext = { at: null, year: null, asked: [], evidenceAt: null, node: null };

/** The bare values a reader finds, without their lines; `null` is kept. */
export function valuesOf(
  reader: Reader,
  answer: Answer | string,
  context: Partial<ReadContext> = {},
): Readonly<Record<string, FactValue | null>> {
  const readings = reader.read(typeof answer === "string" ? value(answer) : answer, { ...nothingKnown, ...context });
  const entries = Object.entries(readings.facts ?? {}).map(([name, reading]) => [name, bare(reading)] as const);
  return Object.fromEntries(entries);
}

function bare(reading: unknown): FactValue | null {
  const wrapped = typeof reading === "object" && reading !== null && "value" in reading && !Array.isArray(reading);
  return (wrapped ? (reading as { value: unknown }).value : reading) as FactValue | null;
}
