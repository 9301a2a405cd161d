import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { KnowledgeText } from "../../knowledge/compile.ts";
import { messageOf, OperatorError } from "../../shared/errors.ts";

const mostFiles = 20_000;

/** Reads every YAML file below a folder, in a stable order. Links that lead out of it are refused. */
export function readKnowledgeFolder(folder: string): readonly KnowledgeText[] {
  let root: string;
  try {
    root = realpathSync(folder);
  } catch (thrown) {
    throw new OperatorError(`cannot read the knowledge folder ${folder}: ${messageOf(thrown)}`, [
      "Check knowledge.paths in the config.",
    ]);
  }
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /\.ya?ml$/.test(name));
  if (names.length > mostFiles) throw new OperatorError(`${folder} holds more than ${mostFiles} files`);
  return names.sort().map((name) => {
    const path = join(root, name);
    const real = realpathSync(path);
    if (relative(root, real).startsWith(`..${sep}`)) throw new OperatorError(`${path} leads out of its folder`);
    if (!statSync(real).isFile()) throw new OperatorError(`${path} is not a file`);
    return { path: name.split(sep).join("/"), text: readFileSync(real, "utf8") };
  });
}
