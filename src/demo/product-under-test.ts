import { startBot } from "../compose/serve.ts";
import { composeWorld } from "../compose/world.ts";
import { createLogger } from "../platform/logger.ts";
import type { StartProduct } from "./stage.ts";

/** The product as the command line starts it for the demo, without its log. Not used by the product. */
export const realProduct: StartProduct = async (settings, adapt) => {
  const composed = await composeWorld(settings);
  const bot = await startBot(settings, { ...composed, world: adapt(composed.world) }, createLogger("silent"));
  return {
    stop: async () => {
      await bot.stop();
      await composed.close();
    },
  };
};
