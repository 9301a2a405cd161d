/**
 * The lines that node-why sends over SSH (src/platform/ssh/command-line.ts), taken apart as a POSIX shell would. All are
 * `exec sh -c SCRIPT MARKER …`, and all first print the marker and a process id.
 */
export type SentLine =
  | {
      readonly kind: "run";
      readonly marker: string;
      /** The command itself, without `env`, `sudo` and `timeout` in front. */
      readonly argv: readonly string[];
      /** After so many seconds `timeout` ends it; null: nothing does. */
      readonly seconds: number | null;
    }
  | { readonly kind: "kill"; readonly marker: string; readonly pid: number }
  /** Only wants to hear the marker. */
  | { readonly kind: "alive"; readonly marker: string };

const script =
  /^echo "\$0 \$\$"(?:; (?:(echo "\$0 \$\$" >&2; .*exec "\$@" <\/dev\/null(?: 3<&-)?)|kill -9 -(\d{1,10})))?$/;

/** null: not a line of that form, and this machine runs no shell for strangers. */
export function sentLine(line: string): SentLine | null {
  const [exec, shell, option, program = "", marker = "", ...words] = unquoted(line) ?? [];
  const parts = script.exec(program);
  if (exec !== "exec" || shell !== "sh" || option !== "-c" || parts === null) return null;
  const [, runs, pid] = parts;
  if (runs !== undefined) return { kind: "run", marker, ...withoutWrapping(words) };
  return pid === undefined ? { kind: "alive", marker } : { kind: "kill", marker, pid: Number(pid) };
}

const word = /^(?:'[^']*'|\\'|[\w@%+=:,./-])+/;

/** The words of a line in which nothing is expanded; null where a shell would do more than split it. */
export function unquoted(line: string): readonly string[] | null {
  const words: string[] = [];
  for (let rest = line; rest !== ""; ) {
    const [raw] = word.exec(rest) ?? [];
    if (raw === undefined) return null;
    words.push(raw.replace(/'([^']*)'|\\(')/g, (_, inner?: string, mark?: string) => inner ?? mark ?? ""));
    const after = rest.slice(raw.length);
    rest = after.trimStart();
    if (rest !== "" && rest === after) return null;
  }
  return words;
}

/** `env NAME=value… [sudo -n] [timeout -k 1 N] command…` */
function withoutWrapping(words: readonly string[]): { argv: readonly string[]; seconds: number | null } {
  let rest = [...words];
  if (rest[0] === "env") rest = rest.slice(rest.findIndex((one, at) => at > 0 && !/^(LC_ALL|PATH)=/.test(one)));
  if (rest[0] === "sudo" && rest[1] === "-n") rest = rest.slice(2);
  if (rest[0] !== "timeout" || rest[1] !== "-k") return { argv: rest, seconds: null };
  return { argv: rest.slice(4), seconds: Number(rest[3]) };
}
