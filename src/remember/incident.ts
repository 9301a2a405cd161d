import { z } from "zod";
import type { Report } from "../report/report.ts";

/** One time that one node ailed, as it is remembered. Times are ISO 8601 in UTC with milliseconds. */

/** Of the last so many reports of an incident a line each is kept. */
export const keptReports = 20;

const verdicts = ["confirmed", "likely", "possible", "unknown", "none"] as const satisfies readonly Report["verdict"][];

const time = z.iso.datetime({ precision: 3 });
const name = z.string().min(1).max(300);
const names = z.array(name).max(100).readonly();
const known = z.string().min(1).max(500).nullable();

/** What the node was when the incident opened; null: not known. */
export const identitySchema = z.strictObject({
  bootId: known,
  image: known,
  kernel: known,
  kubelet: known,
  runtime: known,
  zone: known,
  pool: known,
  instanceType: known,
  nodeUid: known,
});
export type Identity = Readonly<z.infer<typeof identitySchema>>;

const reportLine = z.strictObject({ at: time, verdict: z.enum(verdicts), roots: names, askedBy: name });

const feedback = z.strictObject({
  at: time,
  by: name,
  right: z.boolean(),
  /** What it was, where it was not right. */
  cause: name.nullable(),
});

export const incidentSchema = z
  .strictObject({
    _id: name,
    cluster: name,
    node: name,
    identity: identitySchema.readonly(),
    openedAt: time,
    closedAt: time.nullable(),
    status: z.enum(["open", "closed"]),
    /** What it is remembered by: the confirmed roots, else the roots that were named last. */
    roots: names,
    /** That of the report the roots come from. */
    verdict: z.enum(verdicts),
    /** One per root. */
    fingerprints: names,
    reports: z.array(reportLine.readonly()).max(keptReports).readonly(),
    /** The last report that found something wrong; not looked into here. */
    lastReport: z.record(z.string(), z.unknown()).readonly(),
    /** Name of the newest saved evidence. */
    bundle: name.nullable(),
    feedback: z.array(feedback.readonly()).max(100).readonly(),
    revision: z.number().int().nonnegative(),
  })
  .refine((incident) => (incident.status === "closed") === (incident.closedAt !== null), {
    message: "closed and closedAt go together",
  });
export type Incident = Readonly<z.infer<typeof incidentSchema>>;

/** What memory takes from one report. */
export interface ReportSummary {
  readonly cluster: string;
  readonly node: string;
  readonly identity: Identity;
  readonly verdict: Incident["verdict"];
  readonly roots: readonly string[];
  readonly fingerprints: readonly string[];
  readonly askedBy: string;
  readonly bundle: string | null;
  readonly report: Readonly<Record<string, unknown>>;
}
