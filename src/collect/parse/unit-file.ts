import type { Section } from "./sections.ts";

export interface UnitSettings {
  /** The ExecStart commands in force, each on one line. */
  readonly commands: readonly string[];
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * ExecStart and the variables of unit files, drop-ins and environment files, in the order they apply. An empty
 * `ExecStart=` drops what came before it. `wanted` picks the files by path; text without a heading counts as wanted.
 */
export function unitSettings(sections: readonly Section[], wanted: RegExp): UnitSettings {
  const commands: string[] = [];
  const variables = new Map<string, string>();
  for (const { path, lines } of sections.filter(({ path }) => path === "" || wanted.test(path))) {
    for (const line of joined(lines)) {
      const command = /^ExecStart=(.*)$/.exec(line)?.[1]?.trim();
      if (command === "") commands.length = 0;
      else if (command !== undefined) commands.push(command);
      else for (const [name, value] of variablesOf(line, isEnvironmentFile(path))) variables.set(name, value);
    }
  }
  return { commands, variables };
}

function isEnvironmentFile(path: string): boolean {
  return path.endsWith(".env") || /^\/etc\/(default|sysconfig)\//.test(path);
}

/** Lines that end in a backslash go on in the next. */
function joined(lines: readonly string[]): readonly string[] {
  return lines
    .join("\n")
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .map((line) => line.trim());
}

/** `Environment="A=b c" B=d` in a unit; `A="b c"` in an environment file. */
function variablesOf(line: string, bare: boolean): readonly (readonly [string, string])[] {
  if (bare) {
    const parts = /^([A-Za-z_]\w{0,80})=(.*)$/.exec(line);
    return parts === null ? [] : [[parts[1] ?? "", unquoted(parts[2] ?? "")]];
  }
  const assigned = /^Environment=(.*)$/.exec(line)?.[1] ?? "";
  return [
    ...assigned.matchAll(/"([A-Za-z_]\w{0,80})=([^"]*)"|'([A-Za-z_]\w{0,80})=([^']*)'|([A-Za-z_]\w{0,80})=(\S*)/g),
  ].map(([, a, b, c, d, e, f]) => [a ?? c ?? e ?? "", b ?? d ?? f ?? ""] as const);
}

function unquoted(value: string): string {
  return /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value;
}

/** The command with its `$NAME` and `${NAME}` replaced by what the unit sets; unknown ones become empty, as systemd does. */
export function expanded(command: string, variables: ReadonlyMap<string, string>): string {
  return command
    .replaceAll(
      /\$(?:\{([A-Za-z_]\w{0,80})\}|([A-Za-z_]\w{0,80}))/g,
      (_, braced?: string, bare?: string) => variables.get(braced ?? bare ?? "") ?? "",
    )
    .replaceAll(/\s+/g, " ")
    .trim();
}
