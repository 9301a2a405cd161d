import { z } from "zod";
import type { Row } from "../../facts/fact.ts";
import { jsonIn } from "./json.ts";
import { isoStamp } from "./stamp.ts";
import { type Element, textAt, within, xmlIn } from "./xml.ts";

export const checkStates = ["ok", "impaired", "insufficient-data", "initializing", "not-applicable"] as const;
export const maintenanceStates = ["announced", "under-way", "over"] as const;

/** What a provider says of its own part: checks of the machine, and what it did or will do to it. */
export interface CloudEvents {
  readonly system?: string | undefined;
  readonly instance?: string | undefined;
  readonly disks?: string | undefined;
  readonly maintenance: readonly Row[];
  readonly preempted?: boolean | undefined;
}

/** `now`: what has begun by then is under way. Milliseconds; null: not known. */
export function eventsIn(text: string, now: number | null): CloudEvents | undefined {
  if (/^\s*<\?xml|^\s*<Describe/.test(text)) return ofAws(text, now);
  const found = jsonIn(text);
  return ofAzure(found) ?? ofGoogle(found);
}

/** One row: what happens, from when until when, by whose words. */
function row(
  what: string,
  state: (typeof maintenanceStates)[number],
  times: readonly [from: string | undefined, until?: string | undefined],
  line: string,
): Row {
  return { what, state, from: isoStamp(times[0]) ?? null, until: isoStamp(times[1]) ?? null, line };
}

/** API_DescribeInstanceStatus: systemStatus, instanceStatus, attachedEbsStatus, eventsSet. */
function ofAws(text: string, now: number | null): CloudEvents | undefined {
  const root = xmlIn(text);
  const found = within(root, "instanceStatusSet", "item")[0];
  if (root?.name !== "DescribeInstanceStatusResponse" || found === undefined) return undefined;
  const check = (name: string): string | undefined => known(textAt(found, name, "status"));
  return {
    system: check("systemStatus"),
    instance: check("instanceStatus"),
    disks: check("attachedEbsStatus"),
    maintenance: within(found, "eventsSet", "item").flatMap((event) => awsRow(event, now)),
  };
}

const known = (status: string | undefined): string | undefined =>
  checkStates.find((each) => each === status) ?? undefined;

function awsRow(event: Element, now: number | null): readonly Row[] {
  const code = textAt(event, "code");
  if (code === undefined || !/^[a-z-]{1,60}$/.test(code)) return [];
  const says = textAt(event, "description") ?? "";
  const [from, until] = [textAt(event, "notBefore"), textAt(event, "notAfter")];
  const begun = now !== null && from !== undefined && Date.parse(from) <= now;
  const over = /^\[(Completed|Canceled)\]/.test(says);
  return [
    row(code, over ? "over" : begun ? "under-way" : "announced", [from, until], `${code}: ${says}`.slice(0, 500)),
  ];
}

const word = z.string().max(2_000).optional().catch(undefined);
const operations = z.object({
  items: z
    .array(
      z.object({
        operationType: z.string().max(200),
        status: word,
        statusMessage: word,
        startTime: word,
        insertTime: word,
        endTime: word,
      }),
    )
    .max(500)
    .optional(),
});
/** Operations that Compute Engine itself begins; those of users are not maintenance. */
const systemEvent =
  /^compute\.instances\.(hostError|migrateOnHostMaintenance|terminateOnHostMaintenance|automaticRestart|repair\.\w{1,60})$/;

/** A list of zone operations; an empty one has no items at all. */
function ofGoogle(found: unknown): CloudEvents | undefined {
  const parsed = operations.safeParse(found).data;
  if (parsed === undefined) return undefined;
  const items = parsed.items ?? [];
  const rows = items.flatMap(({ operationType: type, status, statusMessage, startTime, insertTime, endTime }) => {
    if (!systemEvent.test(type)) return [];
    const what = type.slice("compute.instances.".length);
    const line = `${type} ${status ?? ""}${statusMessage === undefined ? "" : `: ${statusMessage}`}`.slice(0, 500);
    return [row(what, status === "DONE" ? "over" : "under-way", [startTime ?? insertTime, endTime], line)];
  });
  // Newest first: one that was started again since then is no longer gone.
  const last = items.find(
    ({ operationType: type }) => type === "compute.instances.preempted" || /^(start|resume|insert)$/.test(type),
  );
  return { maintenance: rows, preempted: last?.operationType === "compute.instances.preempted" };
}

const health = z.object({
  properties: z.object({
    availabilityState: z.enum(["Available", "Unavailable", "Degraded", "Unknown"]),
    title: word,
    summary: word,
    reasonType: word,
    reasonChronicity: word,
    context: word,
    occuredTime: word,
    occurredTime: word,
  }),
});

/** Resource Health's current status. */
function ofAzure(found: unknown): CloudEvents | undefined {
  const parsed = health.safeParse(found).data?.properties;
  if (parsed === undefined) return undefined;
  const { availabilityState: state, title, summary, reasonType = "", context = "" } = parsed;
  const platform = /^(Planned|Unplanned)$/.test(reasonType) || /platform/i.test(context);
  const bad = state === "Unavailable" || state === "Degraded";
  const line = `${state}: ${reasonType} ${title ?? ""} ${summary ?? ""}`.replaceAll(/\s+/g, " ").trim().slice(0, 500);
  const from = parsed.occuredTime ?? parsed.occurredTime;
  const preempted = /preempt|evict/i.test(`${title ?? ""} ${reasonType}`);
  return {
    ...(state === "Unknown" ? {} : { system: bad && platform ? "impaired" : "ok" }),
    maintenance: bad && platform ? [row(reasonType || "platform", "under-way", [from], line)] : [],
    preempted,
  };
}
