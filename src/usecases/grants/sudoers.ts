import type { Known, Probe } from "../../collect/probe.ts";
import type { EvidenceSet } from "../../evidence/evidence.ts";

/** A command that is run as root, and what it is for. */
export interface RootCommand {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
  /** The ids of the probes or actions that run it. */
  readonly of: readonly string[];
}

/**
 * What the probes run as root: the words that are the same on every node, and those that depend on a node as they are
 * where nothing is known of it and where it is as one of the flavours.
 */
export function readingCommands(probes: readonly Probe[], flavours: readonly Known[]): readonly RootCommand[] {
  return merged(
    probes.flatMap((probe) =>
      [new Map(), ...flavours].flatMap((known: Known) => {
        const argv = rootWords(probe, known);
        return argv === null ? [] : [{ argv, timeoutMs: probe.limits.timeoutMs, of: [probe.id] }];
      }),
    ),
  );
}

/**
 * What one diagnosis asked as root, word for word; for what it did not come to ask, the words where nothing is known.
 * What was asked of the past names its hours, and is never asked so again.
 */
export function commandsAsked({ items, window }: EvidenceSet, probes: readonly Probe[]): readonly RootCommand[] {
  return merged(
    probes.flatMap((probe) => {
      if (!needsRoot(probe)) return [];
      const item = items.find(({ probe: id, source }) => id === probe.id && source !== "case");
      const asked = window === undefined ? (item?.asked ?? []) : [];
      const argv = asked.length > 0 ? asked : rootWords(probe, new Map());
      return argv === null ? [] : [{ argv, timeoutMs: probe.limits.timeoutMs, of: [probe.id] }];
    }),
  );
}

export interface ActionPrivileges {
  readonly id: string;
  readonly privileges: readonly { readonly argv: readonly string[]; readonly timeoutMs: number }[];
}

export function actingCommands(actions: readonly ActionPrivileges[]): readonly RootCommand[] {
  return merged(actions.flatMap(({ id, privileges }) => privileges.map((each) => ({ ...each, of: [id] }))));
}

function needsRoot({ via }: Probe): boolean {
  return via.source === "ssh" && via.sudo === true;
}

function rootWords(probe: Probe, known: Known): readonly string[] | null {
  const { via } = probe;
  if (via.source !== "ssh" || via.sudo !== true) return null;
  return typeof via.argv === "function" ? via.argv(known) : via.argv;
}

/** Once each, in the order they came. */
function merged(commands: readonly RootCommand[]): readonly RootCommand[] {
  const same = Map.groupBy(commands, ({ argv, timeoutMs }) => JSON.stringify([argv, timeoutMs]));
  return [...same.values()].flatMap((each) => {
    const [first] = each;
    return first === undefined ? [] : [{ ...first, of: [...new Set(each.flatMap(({ of }) => of))] }];
  });
}

export interface SudoersDiff {
  /** Needed now, and not granted by the older file. */
  readonly added: readonly string[];
  /** Granted by the older file, and no longer needed. */
  readonly removed: readonly string[];
}

/** Rule by rule, whatever the comments and the order are. */
export function sudoersDiff(older: string, now: string): SudoersDiff {
  const [before, after] = [rulesIn(older), rulesIn(now)];
  return {
    added: after.filter((rule) => !before.includes(rule)),
    removed: before.filter((rule) => !after.includes(rule)),
  };
}

/** sudoers(5): a backslash before a line's end continues it; `#` begins a comment unless it is escaped. */
function rulesIn(text: string): readonly string[] {
  const lines = text.replaceAll(/\\\r?\n/g, " ").split(/\r?\n/);
  return [...new Set(lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#")))];
}
