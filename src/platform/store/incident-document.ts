/**
 * An incident as a document and back. The report goes in as one text: its field names come from nodes and knowledge, and
 * nobody asks the store what is in it.
 */
import { z } from "zod";
import { type Incident, incidentSchema } from "../../remember/incident.ts";
import { Bug, OperatorError } from "../../shared/errors.ts";
import type { StoredDocument } from "./documents.ts";

export function toDocument(incident: Incident): StoredDocument {
  const checked = incidentSchema.safeParse(incident);
  if (!checked.success) throw new Bug(`not an incident: ${z.prettifyError(checked.error)}`);
  return { ...checked.data, lastReport: JSON.stringify(checked.data.lastReport) };
}

/** OperatorError where a hand or another version wrote what this one cannot read. */
export function fromDocument(document: StoredDocument): Incident {
  const read = incidentSchema.safeParse({ ...document, lastReport: parsed(document.lastReport) });
  if (read.success) return read.data;
  throw new OperatorError(`the incident ${document._id} in the store cannot be read: ${z.prettifyError(read.error)}`, [
    "If a newer node-why wrote it, run that version.",
    "If it was changed by hand, restore it from a backup or delete this one document.",
  ]);
}

/** undefined is no report, which the schema then says. */
function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
