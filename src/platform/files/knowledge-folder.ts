import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { KnowledgeText } from "../../knowledge/compile.ts";
import { messageOf, OperatorError } from "../../shared/errors.ts";

const mostFiles = 20_000;

/**
 * Reads every YAML file below a folder, in a stable order. Links that lead out of it are refused, hidden files and
 * folders passed over: Kubernetes mounts a ConfigMap as links into one.
 * @throws OperatorError where something of it cannot be read.
 */
export function readKnowledgeFolder(folder: string): readonly KnowledgeText[] {
  try {
    const root = realpathSync(folder);
    return namesIn(root).map((name) => ({
      path: name.split(sep).join("/"),
      text: readFileSync(realFile(root, name), "utf8"),
    }));
  } catch (thrown) {
    if (thrown instanceof OperatorError) throw thrown;
    throw new OperatorError(`cannot read the knowledge folder ${folder}: ${messageOf(thrown)}`, [
      "Check knowledge.paths in the config.",
    ]);
  }
}

/** Changes when a YAML file of the folder does: names, sizes and times of writing, without reading any. */
export function knowledgeFolderMark(folder: string): string {
  try {
    const root = realpathSync(folder);
    const files = namesIn(root).map((name) => {
      const { size, mtimeMs, ino } = statSync(join(root, name));
      return `${name} ${size} ${mtimeMs} ${ino}`;
    });
    return [root, ...files].join("\n");
  } catch (thrown) {
    return `cannot be read: ${messageOf(thrown)}`;
  }
}

function namesIn(root: string): readonly string[] {
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.ya?ml$/.test(name) && !name.split(sep).some((part) => part.startsWith(".")),
  );
  if (names.length > mostFiles) throw new OperatorError(`${root} holds more than ${mostFiles} files`);
  return names.sort();
}

function realFile(root: string, name: string): string {
  const path = join(root, name);
  const real = realpathSync(path);
  if (relative(root, real).startsWith(`..${sep}`)) throw new OperatorError(`${path} leads out of its folder`);
  if (!statSync(real).isFile()) throw new OperatorError(`${path} is not a file`);
  return real;
}
