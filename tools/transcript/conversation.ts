import { join } from "node:path";
import { startBot } from "../../src/compose/serve.ts";
import { composeWorld } from "../../src/compose/world.ts";
import { typeCommand } from "../../src/demo/channel.ts";
import { pressFix } from "../../src/demo/fix.ts";
import { type Stage, type StartProduct, setStage } from "../../src/demo/stage.ts";
import {
  answerText,
  dialogText,
  type Layout,
  privateText,
  replyText,
  typedText,
} from "../../src/demo/transcript/transcript.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { createLogger } from "../../src/platform/logger.ts";

export interface ConversationOptions {
  /** Folder of recordings. */
  readonly recordings: string;
  /** An empty folder for the store and the keys. */
  readonly dir: string;
  readonly columns: number;
}

/** What is asked about: systemd says that all is well, and a confirmed fix mends it. */
const asked = "runtime-deadlock";

/** A typing error, a question, a confirmed fix, and what is remembered of it: as the channel shows it. */
export async function conversation({ recordings, dir, columns }: ConversationOptions): Promise<string> {
  const stage = await setStage({ recordings, dir: join(dir, "stage"), clock: systemClock, startProduct });
  const layout: Layout = { width: columns, strong: (text) => text, faint: (text) => text };
  const types = async (user: string, text: string): Promise<string> => {
    const got = await typeCommand(stage, user, text);
    const reply =
      got.kind === "private" ? privateText(got.message, layout) : answerText(got.message, got.thread, layout);
    return typedText(user, `/node ${text}`, layout) + reply;
  };
  try {
    const name = nodeOf(stage);
    return [
      await types("ana", `why ${name.replace("practice", "practise")}`),
      await types("ana", `why ${name}`),
      await fixes(stage, "ana", name, layout),
      await types("bo", `why ${name}`),
      await types("bo", `history ${name}`),
    ].join("");
  } finally {
    await stage.close();
  }
}

async function fixes(stage: Stage, user: string, name: string, layout: Layout): Promise<string> {
  const seen = await pressFix(stage, user, name);
  if (typeof seen === "string") throw new Error(seen);
  const { dialog, progress, end } = seen;
  return [
    typedText(user, "presses Fix… on this answer, reads the dialog and confirms", layout),
    dialogText(dialog, layout),
    ...[progress ?? [], end].flat().map((message) => replyText(message, layout)),
  ].join("");
}

function nodeOf({ recorded }: Stage): string {
  const found = recorded.find(({ expect }) => expect.roots.includes(asked));
  if (found === undefined) throw new Error(`no recording of ${asked}`);
  return found.name;
}

/** As `serve` starts it. */
const startProduct: StartProduct = async (settings, adapt) => {
  const composed = await composeWorld(settings);
  const bot = await startBot(settings, { ...composed, world: adapt(composed.world) }, createLogger("silent"));
  return { stop: () => bot.stop().then(composed.close) };
};
