import { loadRegistry } from "../collect/registry.ts";
import type { GrantSource } from "../entry/cli/grants.ts";
import { searchPath, wrappedWords } from "../platform/ssh/command-line.ts";
import { sudoersLine } from "../platform/ssh/sudoers.ts";
import { loadActions } from "../remediate/registry.ts";
import { version } from "./knowledge.ts";

/** What grants are made from: the registries of probes and actions, and the words as the SSH client wraps them. */
export async function grantSource(): Promise<GrantSource> {
  const [{ probes }, actions] = await Promise.all([loadRegistry(), loadActions()]);
  return {
    version,
    probes,
    actions: [...actions.values()].map(({ id, privileges, api }) => ({ id, privileges, rules: api ?? [] })),
    ruleFor: sudoersRule,
    defaultsFor: sudoersDefaults,
  };
}

interface RootCommand {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
}

/** A command as sudo sees it on the node: behind `timeout`. */
export function sudoWords({ argv, timeoutMs }: RootCommand): readonly string[] {
  const command = { argv, sudo: true, keep: "head", limits: { timeoutMs, maxBytes: 0 } } as const;
  return wrappedWords(command, { user: "", nodeTimeout: true }).slice(2); // without `sudo -n`
}

const sudoersRule = (user: string, command: RootCommand): string => sudoersLine(user, sudoWords(command));

/**
 * Without `secure_path` a user's own PATH would decide which program `timeout` starts as root. It holds the folders of
 * system tools only, which root alone may write.
 */
function sudoersDefaults(user: string): string {
  const name = sudoersLine(user, []).split(" ALL=", 1)[0] ?? "";
  return `Defaults:${name} env_reset, !setenv, !requiretty, secure_path="${searchPath}"`;
}
