/** One document per node that names its newest incident: what two replicas that ask at once race for. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { OperatorError } from "../../shared/errors.ts";
import type { Documents, StoredDocument } from "./documents.ts";

export const pointerCollection = "open_incidents";

const pointerSchema = z.strictObject({
  _id: z.string(),
  revision: z.number(),
  /** Id of the incident. */
  incident: z.string().min(1),
  openedAt: z.iso.datetime({ precision: 3 }),
});
export type Pointer = Readonly<z.infer<typeof pointerSchema>>;

interface Place {
  readonly cluster: string;
  readonly node: string;
}

/** Neither part can be mistaken for the other, whatever characters they have (an EKS cluster's name is an ARN). */
const pointerId = ({ cluster, node }: Place): string => JSON.stringify([cluster, node]);

export async function readPointer(documents: Documents, cluster: string, node: string): Promise<Pointer | undefined> {
  const document = await documents.get(pointerCollection, pointerId({ cluster, node }));
  return document && fromDocument(document);
}

function fromDocument(document: StoredDocument): Pointer {
  const read = pointerSchema.safeParse(document);
  if (read.success) return read.data;
  throw new OperatorError(
    `${pointerCollection} ${document._id} in the store cannot be read: ${z.prettifyError(read.error)}`,
    ["Delete this one document: the next report makes a new one."],
  );
}

/** The pointer that would open a new incident; its id follows from the node, the time and the turn. */
export function nextPointer(before: Pointer | undefined, place: Place, now: Date): Pointer {
  const turn = before === undefined ? 0 : before.revision + 1;
  const openedAt = now.toISOString();
  const hash = createHash("sha256").update(JSON.stringify([place.cluster, place.node, openedAt, turn]));
  return { _id: pointerId(place), revision: turn, incident: `inc-${hash.digest("hex").slice(0, 16)}`, openedAt };
}

/** false: another replica was first. */
export async function openPointer(documents: Documents, before: Pointer | undefined, next: Pointer): Promise<boolean> {
  if (before === undefined) return (await documents.insert(pointerCollection, next)) === "inserted";
  return (await documents.replaceIfRevision(pointerCollection, { ...next, revision: before.revision })) === "ok";
}
