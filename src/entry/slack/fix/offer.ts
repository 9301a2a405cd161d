import type { WebClient } from "@slack/web-api";
import { fixButtons } from "../../../present/blocks/fix.ts";
import type { Report } from "../../../report/report.ts";
import type { FixWorld } from "../../../usecases/remediate/ports.ts";
import { offeredFixes } from "../../../usecases/remediate/propose.ts";
import type { WhyPorts } from "../answer-why.ts";
import { writeButton } from "./button-value.ts";

type Answering = Pick<WhyPorts, "client" | "diagnose">;

/**
 * Puts the buttons onto an answer. Whoever answers knows nothing of fixes: the update that comes after the diagnosis is
 * the answer, and it gets one block more.
 */
export function offering({ client, diagnose }: Answering, world: FixWorld): Answering {
  let block: ReturnType<typeof buttonsFor> = null;
  const update: WebClient["chat"]["update"] = (message) =>
    client.chat.update(block === null ? message : withBlock(message, block));
  const chat = Object.assign(Object.create(client.chat) as WebClient["chat"], { update });
  return {
    client: Object.assign(Object.create(client) as WebClient, { chat }),
    diagnose: async (question) => {
      const found = await diagnose(question);
      if (found.kind === "report") block = buttonsFor(found.report, world);
      return found;
    },
  };
}

function buttonsFor(report: Report, world: FixWorld): ReturnType<typeof fixButtons> | null {
  const { cluster, node } = report;
  if (cluster === null || node === null) return null;
  const offered = new Map(offeredFixes(report, world).map(({ action, cause }) => [action ?? "", cause]));
  if (offered.size === 0) return null;
  return fixButtons(
    [...offered].map(([action, cause]) => ({ action, value: writeButton({ cluster, node, action, cause }) })),
  );
}

type Update = Parameters<WebClient["chat"]["update"]>[0];

function withBlock(message: Update, block: object): Update {
  const blocks = message !== undefined && "blocks" in message && Array.isArray(message.blocks) ? message.blocks : [];
  return { ...message, blocks: [...blocks, block] } as Update;
}
