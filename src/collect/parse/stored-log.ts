import { z } from "zod";
import { jsonIn } from "./json.ts";

const line = z.string().max(256 * 1024);
const loki = z.object({
  data: z.object({
    result: z
      .array(
        z.object({ values: z.array(z.tuple([z.string().regex(/^\d{10,19}$/), line]).rest(z.unknown())).max(5_000) }),
      )
      .max(2_000),
  }),
});
const elastic = z.object({
  hits: z.object({
    hits: z
      .array(
        z.object({
          _source: z.object({
            "@timestamp": z.iso.datetime({ offset: true }),
            message: line,
            systemd: z
              .object({ unit: z.string().max(300).optional() })
              .optional()
              .catch(undefined),
            process: z.object({ pid: z.coerce.number().int().optional() }).optional().catch(undefined),
          }),
        }),
      )
      .max(5_000),
  }),
});

/**
 * The lines that Loki or Elasticsearch kept, oldest first, as the journal writes them (`<time> <host> <program>: …`);
 * undefined where the answer is of neither form.
 */
export function storedLines(text: string, program: string, host: string): string | undefined {
  const found = jsonIn(text);
  const lines = ofLoki(found) ?? ofElastic(found);
  if (lines === undefined) return undefined;
  const sorted = [...lines].sort((one, other) => one.at - other.at);
  return sorted
    .map(({ at, text: said, pid }) => dressed(new Date(at).toISOString(), said, pid, program, host))
    .join("\n");
}

interface Stored {
  readonly at: number;
  readonly text: string;
  readonly pid: number | null;
}

function ofLoki(found: unknown): readonly Stored[] | undefined {
  const parsed = loki.safeParse(found).data;
  const values = parsed?.data.result.flatMap((stream) => stream.values);
  return values?.map(([at, text]) => ({ at: Number(at.padEnd(19, "0").slice(0, 13)), text: inner(text), pid: null }));
}

/** Journal entries are often shipped as JSON; the line is its MESSAGE. */
function inner(text: string): string {
  if (!text.startsWith("{")) return text;
  const message = (jsonIn(text) as { readonly MESSAGE?: unknown } | undefined)?.MESSAGE;
  return typeof message === "string" ? message : text;
}

function ofElastic(found: unknown): readonly Stored[] | undefined {
  const hits = elastic.safeParse(found).data?.hits.hits;
  return hits?.map(({ _source: source }) => ({
    at: Date.parse(source["@timestamp"]),
    text: source.message,
    pid: source.process?.pid ?? null,
  }));
}

function dressed(at: string, said: string, pid: number | null, program: string, host: string): string {
  const text = said.replaceAll(/[\r\n]+/g, " ");
  return `${at} ${host} ${program}${pid === null ? "" : `[${pid}]`}: ${text}`;
}
