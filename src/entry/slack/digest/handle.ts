import { digestMessage } from "../../../present/blocks/digest.ts";
import type { SlackMessage } from "../../../present/blocks/kit.ts";
import type { Digest } from "../../../report/digest.ts";

export interface HandleDigestPorts {
  /** null: the last full week. Rejects where there is no such week. */
  readonly digest: (week: string | null) => Promise<Digest>;
  readonly answer: (message: SlackMessage) => Promise<void>;
}

/** `/node digest [WEEK]`: seen by the asker only, so that the one that is posted weekly stays the only one. */
export async function handleDigest(week: string | null, { digest, answer }: HandleDigestPorts): Promise<void> {
  await answer(digestMessage(await digest(week)));
}
