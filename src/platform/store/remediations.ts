/** Remediations and the lease on a node over any document store, once for all of them. */
import { z } from "zod";
import type { FixRecord, NodeLeases, RemediationStore } from "../../remediate/ports.ts";
import { ended, type Remediation, remediationSchema, underWay } from "../../remediate/remediation.ts";
import { Bug, OperatorError } from "../../shared/errors.ts";
import { failed, ok } from "../../shared/result.ts";
import type { Documents, Filter, StoredDocument } from "./documents.ts";
import { claim, type Lease, release, renew } from "./lease.ts";

export const remediationCollection = "remediations";

/** More than this many at once is no state that a sweep could put right. */
const most = 500;

export function remediationStore(documents: Documents): RemediationStore {
  const newest = async (filter: Filter, limit: number): Promise<readonly Remediation[]> => {
    const found = await documents.find(remediationCollection, filter, { sort: [["proposedAt", -1]], limit });
    return found.map(fromDocument);
  };
  return {
    add: async (remediation) => {
      const answer = await documents.insert(remediationCollection, toDocument(remediation));
      return answer === "inserted" ? "added" : "exists";
    },
    get: async (id) => {
      const found = await documents.get(remediationCollection, id);
      return found && fromDocument(found);
    },
    replace: async (remediation) => {
      const answer = await documents.replaceIfRevision(remediationCollection, toDocument(remediation));
      return answer === "ok" ? { ...remediation, revision: remediation.revision + 1 } : "conflict";
    },
    actedOn: (cluster, node, limit) => newest({ cluster, node, ran: true }, limit),
    underWay: (cluster) => newest({ state: { $in: underWay }, ...(cluster === null ? {} : { cluster }) }, most),
    overdue: (now) => newest({ state: "proposed", expiresAt: { $lt: now.toISOString() } }, most),
    untold: () => newest({ state: { $in: ended }, news: "owed" }, most),
    record: async (cause, action) => await recordOf(documents, { cause, action, ran: true }),
  };
}

async function recordOf(
  documents: Documents,
  filter: { readonly cause: string; readonly action: string; readonly ran: true },
): Promise<FixRecord> {
  const [tried, succeeded, newest] = await Promise.all([
    documents.count(remediationCollection, filter),
    documents.count(remediationCollection, { ...filter, state: "succeeded" }),
    documents.find(remediationCollection, filter, { sort: [["proposedAt", -1]], limit: 1 }),
  ]);
  const last = newest.map(fromDocument)[0];
  if (last === undefined) return { tried, succeeded, last: null };
  const { state, cluster, node, confirmedAt, proposedAt } = last;
  return { tried, succeeded, last: { at: confirmedAt ?? proposedAt, state, cluster, node } };
}

function toDocument(remediation: Remediation): StoredDocument {
  const checked = remediationSchema.safeParse(remediation);
  if (!checked.success) throw new Bug(`not a remediation: ${z.prettifyError(checked.error)}`);
  return checked.data;
}

/** OperatorError where a hand or another version wrote what this one cannot read. */
function fromDocument(document: StoredDocument): Remediation {
  const read = remediationSchema.safeParse(document);
  if (read.success) return read.data;
  throw new OperatorError(
    `the remediation ${document._id} in the store cannot be read: ${z.prettifyError(read.error)}`,
    ["If a newer node-why wrote it, run that version.", "If it was changed by hand, restore it from a backup."],
  );
}

export function nodeLeases(documents: Documents): NodeLeases {
  return {
    claim: async (key, holder, ttlMs, now) => {
      const claimed = await claim(documents, { id: key, holder, ttlMs }, now);
      return claimed.ok ? ok(held(documents, claimed.value, ttlMs)) : failed(claimed.problem);
    },
  };
}

function held(documents: Documents, first: Lease, ttlMs: number) {
  let lease = first;
  return {
    renew: async (now: Date): Promise<boolean> => {
      const renewed = await renew(documents, lease, ttlMs, now);
      if (renewed.ok) lease = renewed.value;
      return renewed.ok;
    },
    release: async (): Promise<void> => {
      await release(documents, lease);
    },
  };
}
