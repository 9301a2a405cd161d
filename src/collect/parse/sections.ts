/** A section that was looked for; without a heading the whole output was taken for it. */
export interface FoundFile extends Section {
  readonly headed: boolean;
}

/** One file's text in the output of `head -v`, `systemctl cat` or a loop with `echo "== $f"`. */
export interface Section {
  readonly path: string;
  readonly lines: readonly string[];
}

/** `==> /etc/resolv.conf <==` (head -v), `# /etc/systemd/system/kubelet.service` (systemctl cat), `== /path` (pasted loops). */
const heading = /^(?:==> (\/.*) <==|# (\/\S+)|== (\/\S+))$/;

/** The parts of a text that begin with a heading; `path` of what stands before the first one is empty. */
export function sectionsOf(lines: readonly string[]): readonly Section[] {
  const found: { path: string; lines: string[] }[] = [{ path: "", lines: [] }];
  for (const line of lines) {
    const parts = heading.exec(line);
    if (parts === null) found.at(-1)?.lines.push(line);
    else found.push({ path: parts[1] ?? parts[2] ?? parts[3] ?? "", lines: [] });
  }
  return found;
}

/** Several files in one call, each under its heading. Missing ones are named on standard error. */
export function headOf(paths: readonly string[], bytes: number): readonly string[] {
  return ["head", "-v", "-c", String(bytes), ...paths];
}

/**
 * The one file of several candidates that the answer shows: the first section whose path is wanted, or, where there
 * are no headings (`cat FILE`), all of it under the path that was asked for.
 */
export function fileIn(
  lines: readonly string[],
  asked: readonly string[],
  wanted: (path: string) => boolean,
): FoundFile | undefined {
  const sections = sectionsOf(lines);
  const headed = sections.find(({ path }) => path !== "" && wanted(path));
  if (headed !== undefined) return { path: headed.path, lines: withoutComplaints(headed.lines), headed: true };
  const path = asked.find(wanted);
  if (path === undefined || sections.length > 1) return undefined;
  const body = withoutComplaints(lines);
  return body.every((line) => line.trim() === "") ? undefined : { path, lines: body, headed: false };
}

/** Standard error that was mixed in. */
function withoutComplaints(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !/^(cat|head|sed|grep|tail|stat|ls|sudo): /.test(line));
}
