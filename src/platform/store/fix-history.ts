/** Verified fixes as the digest reads them, over any document store. */
import { z } from "zod";
import type { Fix, FixHistory } from "../../digest/fixes.ts";
import { OperatorError } from "../../shared/errors.ts";
import type { Documents, StoredDocument } from "./documents.ts";
import { remediationCollection } from "./remediations.ts";

const pageSize = 500;

export function fixHistory(documents: Documents): FixHistory {
  return {
    verifiedBetween: async (from, to) => {
      const filter = { state: "succeeded", endedAt: { $gte: from.toISOString(), $lt: to.toISOString() } };
      const fixes: Fix[] = [];
      for (;;) {
        const page = { sort: [["endedAt", 1]] as const, limit: pageSize, skip: fixes.length };
        const found = await documents.find(remediationCollection, filter, page);
        fixes.push(...found.map(fixOf));
        if (found.length < pageSize) return fixes;
      }
    },
  };
}

const verified = z.looseObject({
  cluster: z.string(),
  node: z.string(),
  cause: z.string(),
  action: z.string(),
  endedAt: z.iso.datetime({ precision: 3 }),
});

function fixOf(document: StoredDocument): Fix {
  const read = verified.safeParse(document);
  if (!read.success) {
    throw new OperatorError(
      `the remediation ${document._id} in the store cannot be read: ${z.prettifyError(read.error)}`,
      ["If a newer node-why wrote it, run that version.", "If it was changed by hand, restore it from a backup."],
    );
  }
  const { cluster, node, cause, action, endedAt } = read.data;
  return { cluster, node, cause, action, at: endedAt };
}
