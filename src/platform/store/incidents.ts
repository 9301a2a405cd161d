/** The IncidentStore over any document store, once for all of them. */
import type { Incident, ReportSummary } from "../../remember/incident.ts";
import type { IncidentStore } from "../../remember/incident-store.ts";
import { opened, withReport } from "../../remember/life.ts";
import { ExternalError } from "../../shared/errors.ts";
import type { Documents, Filter } from "./documents.ts";
import { fromDocument, toDocument } from "./incident-document.ts";
import { nextPointer, openPointer, type Pointer, readPointer } from "./incident-pointer.ts";

export const incidentCollection = "incidents";

const pageSize = 200;
/** Each lost race means that another replica recorded; so many in a row means that something is wrong. */
const maxRaces = 100;

export function incidentStore(documents: Documents): IncidentStore {
  const newest = async (filter: Filter, limit: number): Promise<readonly Incident[]> => {
    const found = await documents.find(incidentCollection, filter, { sort: [["openedAt", -1]], limit });
    return found.map(fromDocument);
  };
  return {
    openFor: async (cluster, node) => {
      const pointer = await readPointer(documents, cluster, node);
      const incident = pointer && (await incidentOf(documents, pointer));
      return incident?.status === "open" ? incident : undefined;
    },
    record: async (summary, now) => {
      for (let races = 0; races < maxRaces; races += 1) {
        const step = await recordOnce(documents, summary, now);
        if (step !== "lost") return step.incident;
      }
      throw new ExternalError("store", `other replicas kept recording ${summary.node} first`, true);
    },
    history: (cluster, node, { limit }) => newest({ cluster, node }, limit),
    byCause: (causeId, { since, limit }) => newest({ roots: causeId, openedAt: { $gte: since.toISOString() } }, limit),
    between: (from, to) => pages(documents, from.toISOString(), to.toISOString()),
  };
}

/** Each page begins where the last one ended; `skip` passes those of that very millisecond that were given already. */
async function* pages(documents: Documents, from: string, to: string): AsyncGenerator<Incident> {
  let start = from;
  let skip = 0;
  for (;;) {
    const filter = { openedAt: { $gte: start, $lt: to } };
    const found = await documents.find(incidentCollection, filter, { sort: [["openedAt", 1]], limit: pageSize, skip });
    const incidents = found.map(fromDocument);
    yield* incidents;
    const last = incidents.at(-1)?.openedAt;
    if (incidents.length < pageSize || last === undefined) return;
    const ofLast = incidents.filter(({ openedAt }) => openedAt === last).length;
    skip = last === start ? skip + ofLast : ofLast;
    start = last;
  }
}

type Step = "lost" | { readonly incident: Incident | undefined };

/**
 * A node's pointer names its open incident, and moves by compare-and-set only: whoever moves it may open one. It moves
 * before the incident is written, so a crash in between leaves a name without an incident; the next report writes it.
 */
async function recordOnce(documents: Documents, summary: ReportSummary, now: Date): Promise<Step> {
  const pointer = await readPointer(documents, summary.cluster, summary.node);
  const current = pointer && (await incidentOf(documents, pointer));
  if (current?.status === "open") return await add(documents, current, summary, now);
  if (summary.verdict === "none") return { incident: undefined };
  if (pointer && !current && isFresh(pointer, now)) return await open(documents, pointer, summary, now);
  const next = nextPointer(pointer, summary, now);
  if (!(await openPointer(documents, pointer, next))) return "lost";
  return await open(documents, next, summary, now);
}

/** An older name without an incident is what retention left of a closed one. */
const freshMs = 10 * 60 * 1000;
const isFresh = (pointer: Pointer, now: Date): boolean => now.getTime() - Date.parse(pointer.openedAt) < freshMs;

async function incidentOf(documents: Documents, { incident }: Pointer): Promise<Incident | undefined> {
  const document = await documents.get(incidentCollection, incident);
  return document && fromDocument(document);
}

async function open(documents: Documents, pointer: Pointer, summary: ReportSummary, now: Date): Promise<Step> {
  const incident = opened({ id: pointer.incident, openedAt: pointer.openedAt }, summary, now);
  const answer = await documents.insert(incidentCollection, toDocument(incident));
  return answer === "inserted" ? { incident } : "lost";
}

async function add(documents: Documents, current: Incident, summary: ReportSummary, now: Date): Promise<Step> {
  const next = withReport(current, summary, now);
  const answer = await documents.replaceIfRevision(incidentCollection, toDocument(next));
  return answer === "ok" ? { incident: { ...next, revision: next.revision + 1 } } : "lost";
}
