/** `grep -H .` prints each line of several small files behind its path: `/proc/loadavg:0.34 0.45 0.37 3/224 167`. */
export function grepAll(paths: readonly string[]): readonly string[] {
  return ["grep", "-H", ".", ...paths];
}

/** The lines by file. `cat FILE` of a single file prints no path: `asked` then names it. */
export function grepped(lines: readonly string[], asked: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const line of lines) {
    const [, path, text] = /^(\/(?:proc|sys)\/[\w./-]{1,200}):(.*)$/.exec(line) ?? [];
    if (path === undefined) continue;
    const found = files.get(path);
    if (found === undefined) files.set(path, [text ?? ""]);
    else found.push(text ?? "");
  }
  const single = asked.filter((word) => /^\/(proc|sys)\//.test(word));
  const plain = lines.filter((line) => line.trim() !== "" && !/^(cat|grep): /.test(line));
  if (files.size === 0 && single.length === 1 && plain.length > 0) files.set(single[0] ?? "", [...plain]);
  return files;
}
