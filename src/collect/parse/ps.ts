/** One process as ps shows it; a column that was not asked for is missing. */
export interface Process {
  readonly pid: number;
  readonly state: string | undefined;
  readonly comm: string;
  readonly seconds: number | undefined;
  readonly waiting: string | undefined;
  readonly line: string;
}

/** The rows of a ps table by its head: `PID PPID STAT ELAPSED RSS WCHAN COMMAND`, `ps aux`. The last column has the rest. */
export function processesIn(lines: readonly string[]): readonly Process[] {
  const at = lines.findIndex((line) => /(^|\s)PID\s/.test(line) && /\s(COMMAND|CMD)(\s|$)/.test(line));
  if (at < 0) return [];
  const columns = (lines[at] ?? "").trim().split(/\s+/);
  return lines.slice(at + 1).flatMap((line) => rowOf(line, columns));
}

function rowOf(line: string, columns: readonly string[]): readonly Process[] {
  const cells = line.trim().split(/\s+/);
  const cell = (...names: readonly string[]) => cells[columns.findIndex((column) => names.includes(column))];
  const pid = Number(cell("PID"));
  const command = cell("COMMAND", "CMD", "COMM");
  if (!Number.isInteger(pid) || pid < 1 || command === undefined || cells.length < columns.length) return [];
  const seconds = Number(cell("ELAPSED") ?? Number.NaN);
  return [
    {
      pid,
      state: /^[RSDTtZIXWP]/.test(cell("STAT", "S") ?? "") ? cell("STAT", "S")?.[0] : undefined,
      // ps aux shows the command line: its first word's file name stands for comm.
      comm: command.split("/").at(-1)?.replace(/:$/, "") ?? command,
      seconds: Number.isInteger(seconds) ? seconds : undefined,
      waiting: cell("WCHAN") === "-" ? undefined : cell("WCHAN"),
      line: line.trim().slice(0, 300),
    },
  ];
}
