import type { Identity, Incident } from "../remember/incident.ts";
import type { IncidentStore } from "../remember/incident-store.ts";
import { type Recurrence, recurrence } from "../remember/recurrence.ts";
import { summaryOf } from "../remember/summary.ts";
import type { Memory, Report } from "../report/report.ts";
import { ExternalError, messageOf, OperatorError } from "../shared/errors.ts";

export interface RememberPorts {
  readonly incidents: IncidentStore | null;
  readonly memoryProblem: string | null;
  readonly now: Date;
  readonly askedBy: string;
  readonly fleet: readonly Identity[] | null;
}

const dayMs = 86_400_000;
const yearMs = 365 * dayMs;

/**
 * Records the report and says what was there before. Memory that cannot be asked never keeps an
 * answer back: the report then says so.
 */
export async function withMemory(report: Report, ports: RememberPorts): Promise<Report> {
  const summary = summaryOf(report, { by: ports.askedBy, bundle: null });
  if (summary === undefined) return report;
  if (ports.incidents === null) return { ...report, memory: unavailableMemory(ports.memoryProblem) };
  try {
    // A Ready node about which nothing is known to be wrong has no incident, whatever its logs mutter.
    const well = report.status === "Ready" && report.roots.length === 0;
    const incident = await ports.incidents.record(well ? { ...summary, verdict: "none" } : summary, ports.now);
    const here = await ports.incidents.history(summary.cluster, summary.node, { limit: 200 });
    const memory = incident ? await recall(incident, here, ports.incidents, ports) : quiet(here, ports.now);
    return { ...report, memory };
  } catch (thrown) {
    if (!(thrown instanceof ExternalError || thrown instanceof OperatorError)) throw thrown;
    return { ...report, memory: unavailableMemory(messageOf(thrown)) };
  }
}

async function recall(
  incident: Incident,
  here: readonly Incident[],
  incidents: IncidentStore,
  { now, fleet }: RememberPorts,
): Promise<Memory> {
  const cause = incident.roots[0];
  const since = new Date(now.getTime() - yearMs);
  const elsewhere = cause === undefined ? [] : await incidents.byCause(cause, { since, limit: 1_000 });
  return memoryOf(incident, recurrence({ past: [...here, ...elsewhere], present: incident, now, fleet }));
}

function memoryOf(incident: Incident, found: Recurrence): Memory {
  const { count, sinceDays, last, ofAnyCause } = found.onThisNode;
  return {
    incident: incident._id,
    cause: found.cause,
    onThisNode: {
      count,
      last30Days: sinceDays[30],
      last: last && { at: last.at, heldDays: last.heldDays },
      ofAnyCause,
    },
    alike: found.alike
      .filter(({ withCause }) => withCause > 1)
      .map(({ attribute, value, withCause, ofCause, fleetShare }) => ({
        attribute,
        value,
        withCause,
        ofCause,
        fleetShare,
      })),
    problem: null,
  };
}

function unavailableMemory(problem: string | null): Memory | null {
  return problem === null ? null : { ...quiet([], new Date(0)), problem };
}

/** Nothing is wrong now: what was before, by the newest incident. */
function quiet(here: readonly Incident[], now: Date): Memory {
  const [last] = [...here].sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
  const cause = last?.roots[0] ?? null;
  const same = cause === null ? [] : here.filter(({ roots }) => roots.includes(cause));
  const monthAgo = new Date(now.getTime() - 30 * dayMs).toISOString();
  return {
    incident: null,
    cause,
    onThisNode: {
      count: same.length,
      last30Days: same.filter(({ openedAt }) => openedAt >= monthAgo).length,
      last: last === undefined ? null : { at: last.openedAt, heldDays: heldDays(last, now) },
      ofAnyCause: here.length,
    },
    alike: [],
    problem: null,
  };
}

function heldDays({ closedAt }: Incident, now: Date): number | null {
  return closedAt === null ? null : Math.floor((now.getTime() - Date.parse(closedAt)) / dayMs);
}
