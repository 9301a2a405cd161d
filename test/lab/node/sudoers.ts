import type { Command } from "../../../src/collect/ports.ts";
import { loadRegistry } from "../../../src/collect/registry.ts";
import { wrappedWords } from "../../../src/platform/ssh/command-line.ts";
import { sudoersLine } from "../../../src/platform/ssh/sudoers.ts";
import { loadActions } from "../../../src/remediate/registry.ts";

/** What the acting user may do: exactly the commands that the project's own actions name, and reading why. */
export async function actingSudoers(user: string): Promise<string> {
  const actions = await loadActions();
  const privileges = [...actions.values()].flatMap((action) => action.privileges);
  const lines = privileges.map(({ argv, timeoutMs }) =>
    lineFor(user, { argv, sudo: true, keep: "tail", limits: { timeoutMs, maxBytes: 0 } }),
  );
  return text(lines);
}

/** What the reading user may do: the questions of the registry that need root and are the same on every node. */
export async function readingSudoers(user: string): Promise<string> {
  const { probes } = await loadRegistry();
  const lines = probes.flatMap(({ via, limits }) => {
    if (via.source !== "ssh" || via.sudo !== true || typeof via.argv === "function") return [];
    return [lineFor(user, { argv: via.argv, sudo: true, keep: "head", limits })];
  });
  return text(lines);
}

function lineFor(user: string, command: Command): string {
  const words = wrappedWords(command, { user, nodeTimeout: true });
  return sudoersLine(user, words.slice(2)); // without `sudo -n`
}

const text = (lines: readonly string[]): string => `${[...new Set(lines)].join("\n")}\n`;
