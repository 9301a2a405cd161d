import type { Cause } from "./knowledge.ts";

/** What a skeleton holds where somebody has to write. */
export const unwritten = "TODO";

interface Part {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Texts still to be written, and cases that show nothing. */
export function unwrittenParts(cause: Cause): readonly Part[] {
  const { file: _, ...content } = cause;
  const texts = textsIn(content, []).filter(({ text }) => text.startsWith(unwritten));
  return [
    ...texts.map(({ path }) => ({ path, message: `${path.join(".")} is still to be written` })),
    ...emptyCases(cause),
  ];
}

function textsIn(
  value: unknown,
  path: readonly PropertyKey[],
): readonly { text: string; path: readonly PropertyKey[] }[] {
  if (typeof value === "string") return [{ text: value, path }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    textsIn(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Only where nothing can be known may a case show nothing. */
function emptyCases({ cases }: Cause): readonly Part[] {
  return cases.flatMap(({ name, facts, logs, expect }, index) => {
    const shows = Object.keys(facts).length > 0 || Object.values(logs).some((lines) => lines.length > 0);
    if (shows || [expect.verdict].flat().includes("unknown")) return [];
    return [{ path: ["cases", index], message: `the case "${name}" shows neither facts nor log lines` }];
  });
}
