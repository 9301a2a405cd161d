import { join } from "node:path";
import { startBot } from "../../src/compose/serve.ts";
import { composeWorld } from "../../src/compose/world.ts";
import { typeCommand } from "../../src/demo/channel.ts";
import { type Stage, type StartProduct, setStage } from "../../src/demo/stage.ts";
import { answerText, type Layout, privateText, typedText } from "../../src/demo/transcript/transcript.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { createLogger } from "../../src/platform/logger.ts";

export interface ConversationOptions {
  /** Folder of recordings. */
  readonly recordings: string;
  /** An empty folder for the store and the keys. */
  readonly dir: string;
  readonly columns: number;
}

/** What is asked about: its cause is neither the first line of a log nor what `df -h` shows. */
const asked = "inodes-exhausted";

/** A typing error, a question, and what is remembered for the next one: as the channel shows it. */
export async function conversation({ recordings, dir, columns }: ConversationOptions): Promise<string> {
  const stage = await setStage({ recordings, dir: join(dir, "stage"), clock: systemClock, startProduct });
  const layout: Layout = { width: columns, strong: (text) => text, faint: (text) => text };
  try {
    const name = nodeOf(stage);
    const typed = [
      { user: "ana", text: `why ${name.replace("practice", "practise")}` },
      { user: "ana", text: `why ${name}` },
      { user: "bo", text: `history ${name}` },
    ];
    const shown: string[] = [];
    for (const { user, text } of typed) shown.push(typedText(user, `/node ${text}`, layout), await reply(user, text));
    return shown.join("");
  } finally {
    await stage.close();
  }

  async function reply(user: string, text: string): Promise<string> {
    const got = await typeCommand(stage, user, text);
    return got.kind === "private" ? privateText(got.message, layout) : answerText(got.message, got.thread, layout);
  }
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
