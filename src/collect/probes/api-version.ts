import { z } from "zod";
import { linesOf, textOf } from "../parse/answer.ts";
import { jsonIn } from "../parse/json.ts";
import { facts, shown } from "../parse/reading.ts";
import { httpStamp } from "../parse/stamp.ts";
import { defineProbe } from "../probe.ts";

const schema = z.object({ gitVersion: z.string() });

/** The API server's version, and its clock: the answer's Date header comes on standard error. */
export const apiVersion = defineProbe({
  id: "api-version",
  asks: "Which version is the API server, and what time is it there?",
  provides: {
    "api.version": { type: "string", says: "the API server's version" },
    "api.time": { type: "time", says: "the API server's clock when it was asked" },
    "api.offsetSeconds": { type: "number", says: "the API server's clock minus the collector's", unit: "s" },
  },
  via: { source: "kubernetes", path: () => "/version" },
  limits: { timeoutMs: 5_000, maxBytes: 16 * 1024 },
  recognises: (words) => words[0] === "kubectl" && words.some((word) => word === "/version"),
  read: (answer, { evidenceAt }) => {
    const version = schema.safeParse(jsonIn(textOf(answer))).data?.gitVersion;
    const line = linesOf(answer).find((one) => /^date: /i.test(one));
    const at = httpStamp(line?.slice(6));
    const asOf = Date.parse(evidenceAt ?? "");
    const offset = at === undefined || Number.isNaN(asOf) ? undefined : Math.round((Date.parse(at) - asOf) / 1000);
    return {
      facts: facts({
        "api.version": version,
        "api.time": at === undefined ? undefined : shown(at, line),
        "api.offsetSeconds": offset,
      }),
    };
  },
});
