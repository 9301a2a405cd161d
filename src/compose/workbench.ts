import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Settings } from "../config/load.ts";
import type { Workbench } from "../entry/cli/knowledge.ts";
import { readBundle } from "../platform/files/bundle/bundle.ts";
import { messageOf, OperatorError } from "../shared/errors.ts";
import { knowledgeSource, packageFolder } from "./knowledge.ts";

/** What whoever adds causes works with: the knowledge with folders of their own, and a recorded healthy node. */
export function workbench(settings: Settings): Workbench {
  const { config } = settings;
  return {
    source: (own) => {
      const paths = [...config.knowledge.paths, ...own];
      return knowledgeSource({ ...settings, config: { ...config, knowledge: { paths } } });
    },
    healthy: () => readBundle(fileURLToPath(new URL("test/bundles/healthy/bundle.json.gz", packageFolder))),
    write: (path, text) => {
      try {
        writeFileSync(path, text);
      } catch (thrown) {
        throw new OperatorError(`cannot write ${path}: ${messageOf(thrown)}`);
      }
    },
  };
}
