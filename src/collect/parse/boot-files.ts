/** Files in the output of `grep -rH`: each line stands behind its path, as in `/etc/sysctl.d/10-ipv6.conf:net.ipv6…`. */
export function filesIn(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const line of lines) {
    const [, path, text] = /^(\/[^:\s]{1,400}):(.*)$/.exec(line) ?? [];
    if (path === undefined) continue;
    const found = files.get(path);
    if (found === undefined) files.set(path, [text ?? ""]);
    else found.push(text ?? "");
  }
  return files;
}

/** A folder that is not there has nothing to say; one that may not be read has, and it is not known. */
export function refusedLine(lines: readonly string[]): boolean {
  return lines.some((line) => /^grep: .*(Permission denied|Input\/output error|Stale file handle)/.test(line));
}
