import type { SshTarget } from "../../../collect/ports.ts";
import { shellLine } from "../command-line.ts";

/** What a template's words are filled with. None of these may begin with a dash or hold a blank. */
export interface Filling extends SshTarget {
  readonly user: string;
  readonly port: number;
}

const placeholders = /\{(?:host|node|user|port|command(?:\.\.\.|:json)?)\}/g;

/**
 * The argv that runs a command through a configured tool, without a shell of this machine: {host}, {node}, {user},
 * {port}; and the command as `{command}`, one line for a shell on the far side, as `{command:json}`, the same line
 * inside a JSON string, or as `{command...}`, a word of its own for each word.
 */
export function filled(template: readonly string[], filling: Filling, words: readonly string[]): readonly string[] {
  const line = shellLine(words);
  const values: Readonly<Record<string, string>> = {
    "{host}": filling.address,
    "{node}": filling.node,
    "{user}": filling.user,
    "{port}": String(filling.port),
    "{command}": line,
    "{command:json}": JSON.stringify(line).slice(1, -1),
  };
  return template.flatMap((one) =>
    one === "{command...}" ? words : [one.replace(placeholders, (found) => values[found] ?? found)],
  );
}
