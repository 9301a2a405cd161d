import { z } from "zod";

/** The few fields node-why reads of API objects; a field of the wrong type counts as not there. */
const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const texts = z.record(z.string(), z.string()).catch({});

/** An array, and nothing else, of which the items that fit are kept. */
export function arrayOf<Item>(item: z.ZodType<Item>) {
  return z
    .array(z.unknown())
    .transform((items): readonly Item[] => items.flatMap((one) => item.safeParse(one).data ?? []));
}

/** The items that fit; anything that is no array counts as an empty one. */
function many<Item>(item: z.ZodType<Item>) {
  return z.preprocess((given) => (Array.isArray(given) ? given : []), arrayOf(item));
}

/** A list as the API answers it; anything without an array of items is no list. */
function listOf<Item>(item: z.ZodType<Item>) {
  return z.object({ items: arrayOf(item) });
}

/** A sub-object whose fields are read leniently: anything that is no object counts as an empty one. */
function part<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess((given) => (typeof given === "object" && given !== null ? given : {}), z.object(shape));
}

const metadata = part({
  name: text,
  namespace: text,
  uid: text,
  creationTimestamp: text,
  deletionTimestamp: text,
  labels: texts,
  annotations: texts,
  managedFields: many(z.object({ manager: text, operation: text, time: text, fieldsV1: z.unknown() })),
  ownerReferences: many(z.object({ kind: text, name: text, controller: flag })),
});

export const nodeCondition = z.object({
  type: z.string(),
  status: z.string(),
  reason: text,
  message: text,
  lastHeartbeatTime: text,
  lastTransitionTime: text,
});
export type NodeCondition = z.infer<typeof nodeCondition>;

export const nodeObject = z.object({
  kind: z.literal("Node").optional(),
  metadata,
  spec: part({
    unschedulable: flag,
    providerID: text,
    taints: many(z.object({ key: z.string(), value: text, effect: text, timeAdded: text })),
  }),
  status: part({
    conditions: many(nodeCondition),
    addresses: many(z.object({ type: z.string(), address: z.string() })),
    allocatable: texts,
    capacity: texts,
    nodeInfo: z
      .object({
        bootID: text,
        kernelVersion: text,
        osImage: text,
        containerRuntimeVersion: text,
        kubeletVersion: text,
      })
      .catch({} as never),
  }),
});
export type NodeObject = z.infer<typeof nodeObject>;

export const nodeList = listOf(nodeObject);

export const lease = z.object({
  kind: z.literal("Lease").optional(),
  metadata,
  spec: part({ renewTime: text, leaseDurationSeconds: number, holderIdentity: text }),
});
export const leaseList = listOf(lease);

const eventObject = z.object({
  type: text,
  reason: text,
  message: text,
  count: number,
  firstTimestamp: text,
  lastTimestamp: text,
  eventTime: text,
  metadata,
  series: z.object({ count: number, lastObservedTime: text }).optional().catch(undefined),
});
export type EventObject = z.infer<typeof eventObject>;
export const eventList = listOf(eventObject);

const containerStatus = z.object({
  state: z.object({ waiting: z.object({ reason: text, message: text }).optional().catch(undefined) }).catch({}),
});
const podObject = z.object({
  metadata,
  spec: part({
    nodeName: text,
    containers: many(z.object({ resources: part({ requests: texts }) })),
    volumes: many(
      z.object({ hostPath: z.unknown().optional(), emptyDir: z.unknown().optional(), local: z.unknown().optional() }),
    ),
  }),
  status: part({
    phase: text,
    conditions: many(z.object({ type: z.string(), status: z.string() })),
    containerStatuses: many(containerStatus),
    initContainerStatuses: many(containerStatus),
  }),
});
export type PodObject = z.infer<typeof podObject>;
export const podList = listOf(podObject);

const signingRequest = z.object({
  metadata,
  spec: part({ signerName: text, username: text, request: text }),
  status: part({ conditions: many(z.object({ type: z.string() })), certificate: text }),
});
export type SigningRequest = z.infer<typeof signingRequest>;
export const signingRequestList = listOf(signingRequest);
