import { z } from "zod";
import type { EvidenceSet } from "../../evidence/evidence.ts";

/** By what a node is known in its own logs and in the API: only these two change when a recording gets a new name. */
export interface Identity {
  readonly name: string;
  /** null: the recording does not say. */
  readonly address: string | null;
}

const nodeObject = z.object({
  metadata: z.object({ uid: z.string().min(1).optional() }).optional(),
  status: z.object({
    addresses: z.array(z.object({ type: z.string(), address: z.string() })),
    nodeInfo: z.object({ bootID: z.string().min(1).optional() }).optional(),
  }),
});

export function identityOf(set: EvidenceSet): Identity {
  const name = set.node ?? "";
  return { name, address: addressIn(set) ?? reachedAddress(set) };
}

function objectIn({ items }: EvidenceSet): z.infer<typeof nodeObject> | null {
  const answer = items.find(({ probe }) => probe === "node-object")?.answer;
  if (answer?.kind !== "value") return null;
  return nodeObject.safeParse(jsonOf(answer.stdout)).data ?? null;
}

function addressIn(set: EvidenceSet): string | null {
  const addresses = objectIn(set)?.status.addresses ?? [];
  return addresses.find(({ type }) => type === "InternalIP")?.address ?? null;
}

/** A node without a Node object was reached by the inventory's address. */
function reachedAddress({ items }: EvidenceSet): string | null {
  return items.find(({ asked }) => asked[0] === "tcp-connect" && asked.length === 3)?.asked[1] ?? null;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // no JSON: the caller treats it as text
  }
}

/** Writes the new name and address wherever the old ones stand as whole words, so that what was equal stays equal. */
export function renamer(from: Identity, to: Identity): (text: string) => string {
  // Behind a percent sign and two digits begins a word too: `spec.nodeName%3Dworker-7`.
  const name = new RegExp(`(?:(?<=%[0-9A-Fa-f]{2})|(?<![\\w-]))${literal(from.name)}(?![\\w-])`, "g");
  const address = new RegExp(`(?<![\\d.])${literal(from.address ?? "")}(?!\\d|\\.\\d)`, "g");
  return (text) => {
    const renamed = from.name === "" ? text : text.replace(name, () => to.name);
    return from.address === null ? renamed : renamed.replace(address, () => to.address ?? from.address ?? "");
  };
}

/** Puts the other recording's boot id and Node uid in place of this one's: a node that is healed is the one it was. */
export function sameMachine(from: EvidenceSet, to: EvidenceSet): (text: string) => string {
  const [old, now] = [objectIn(from), objectIn(to)];
  const pairs = [
    [old?.status.nodeInfo?.bootID, now?.status.nodeInfo?.bootID],
    [old?.metadata?.uid, now?.metadata?.uid],
  ];
  return (text) => pairs.reduce((said, [was, is]) => (was && is ? said.replaceAll(was, is) : said), text);
}

function literal(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
