import { z } from "zod";
import { type Answer, type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import type { AddressBook, AddressType } from "../ports.ts";

export type Address = Result<string, Unavailable>;

/** An IP address or a host name; nothing that could be taken for an option or a URL. */
const address = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9][A-Za-z0-9.:-]*$|^::[A-Fa-f0-9.:]*$/);
const nodeObject = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).optional() }).optional(),
  status: z.object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })).optional() }).optional(),
});

const inventoryHint = (node: string): string => `add {name: ${node}, address: ...} to the cluster's inventory`;

/**
 * Where to reach the node: the inventory's word at once, else the Node object's when it has come,
 * else, where the API does not answer, what the Node object said last time.
 */
export async function findAddress(node: string, book: AddressBook, nodeAnswer: Promise<Answer>): Promise<Address> {
  const configured = book.configured(node);
  if (configured !== null) return ok(configured);
  const answer = await nodeAnswer;
  if (answer.kind === "value") {
    const found = addressIn(answer.stdout, node, book.type);
    if (found.ok) book.remember(node, found.value);
    return found;
  }
  const remembered = answer.kind === "unavailable" ? book.remembered(node) : null;
  if (remembered !== null) return ok(remembered);
  const why = answer.kind === "absent" ? "there is no Node object" : `the API did not answer (${answer.reason})`;
  return failed(unavailable("not-asked", `no address is known: ${why}`, inventoryHint(node)));
}

const annotation = "annotation:";

function addressIn(body: string, node: string, type: AddressType): Address {
  const addresses = addressesIn(body);
  if (addresses === null) {
    return failed(
      unavailable("unreadable", "the Node object could not be read for its addresses", inventoryHint(node)),
    );
  }
  const what = type.startsWith(annotation) ? `annotation ${type.slice(annotation.length)}` : `${type} address`;
  const found = addresses.find((one) => one.type === type)?.address;
  if (found !== undefined && address.safeParse(found).success) return ok(found);
  const shown = addresses.filter((one) => !one.type.startsWith(annotation)).map((one) => one.type);
  const detail =
    found === undefined
      ? `the Node object has no ${what} (it has: ${shown.join(", ") || "none"})`
      : `the Node object's ${what} is not an address`;
  return failed(unavailable("not-asked", detail, `set ssh.addressType, or ${inventoryHint(node)}`));
}

/** Whoever may annotate a node may name an address so: the host key there still has to be known. */
function addressesIn(body: string): readonly { type: string; address: string }[] | null {
  try {
    const parsed = nodeObject.safeParse(JSON.parse(body));
    if (!parsed.success) return null;
    const annotations = Object.entries(parsed.data.metadata?.annotations ?? {});
    const named = annotations.map(([key, where]) => ({ type: `${annotation}${key}`, address: where.trim() }));
    return [...(parsed.data.status?.addresses ?? []), ...named];
  } catch {
    return null; // not JSON: the caller says that it could not be read
  }
}

/** An address book that lives as long as the process; `inventory` is the operator's list. */
export function addressBook(
  type: AddressType,
  inventory: readonly { readonly name: string; readonly address: string }[] = [],
): AddressBook {
  const configured = new Map(inventory.map(({ name, address: where }) => [name, where]));
  const seen = new Map<string, string>();
  return {
    type,
    configured: (node) => configured.get(node) ?? null,
    remembered: (node) => seen.get(node) ?? null,
    remember: (node, where) => void seen.set(node, where),
  };
}
