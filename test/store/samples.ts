import type { Identity, Incident, ReportSummary } from "../../src/remember/incident.ts";
import { opened } from "../../src/remember/life.ts";

/** A day in November 2026 at noon, UTC. */
export const november = (day: number, minute = 0): Date => new Date(Date.UTC(2026, 10, day, 12, minute));

export const identity: Identity = {
  bootId: "b1",
  image: "Ubuntu 24.04",
  kernel: "6.8.0-45",
  kubelet: "v1.33.1",
  runtime: "containerd://2.0.1",
  zone: "eu-1a",
  pool: "general",
  instanceType: "m6i.large",
  nodeUid: "u1",
};

/** A confirmed full disk on worker-7 of prod, unless said otherwise. */
export function summary(changes: Partial<ReportSummary> = {}): ReportSummary {
  return {
    cluster: "prod",
    node: "worker-7",
    identity,
    verdict: "confirmed",
    roots: ["disk-full"],
    fingerprints: ["disk-full"],
    askedBy: "U1",
    bundle: null,
    report: { schema: 1 },
    ...changes,
  };
}

export const healthy = (changes: Partial<ReportSummary> = {}): ReportSummary =>
  summary({ verdict: "none", roots: [], fingerprints: [], ...changes });

/** An incident that opened on that day of November, by default still open. */
export function incident(id: string, day: number, changes: Partial<Incident> = {}): Incident {
  const openedAt = november(day).toISOString();
  return { ...opened({ id, openedAt }, summary(), november(day)), ...changes };
}

export const closedOn = (day: number): Pick<Incident, "status" | "closedAt"> => ({
  status: "closed",
  closedAt: november(day).toISOString(),
});
