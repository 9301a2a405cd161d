import { distance } from "fastest-levenshtein";
import { z } from "zod";

/** The keys an object schema knows at a path, looking through optionals, arrays and unions. */
export function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  let level: z.core.$ZodType[] = unwrap(schema);
  for (const part of path) {
    level = level.flatMap((each) => inside(each, part)).flatMap(unwrap);
  }
  return [...new Set(level.flatMap((each) => (each instanceof z.ZodObject ? Object.keys(each.shape as object) : [])))];
}

function inside(schema: z.core.$ZodType, part: PropertyKey): z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return [schema.element as z.core.$ZodType];
  if (schema instanceof z.ZodRecord) return [schema.valueType as z.core.$ZodType];
  if (schema instanceof z.ZodObject) {
    const found = (schema.shape as Record<string, z.core.$ZodType>)[String(part)];
    return found ? [found] : [];
  }
  return [];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodUnion) return (schema.options as z.core.$ZodType[]).flatMap(unwrap);
  if (schema instanceof z.ZodPipe) return unwrap(schema.in as z.core.$ZodType);
  if (schema instanceof z.ZodLazy) return unwrap(schema.unwrap() as z.core.$ZodType);
  const wrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodPrefault;
  return wrapped ? unwrap(schema.unwrap() as z.core.$ZodType) : [schema];
}

/** "; did you mean X?" where a known name is near enough to be meant, else nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const near = names
    .map((each) => ({ each, far: distance(name, each) }))
    .filter(({ far }) => far <= Math.max(2, Math.ceil(name.length / 3)))
    .sort((a, b) => a.far - b.far)[0];
  return near ? `; did you mean ${near.each}?` : "";
}
