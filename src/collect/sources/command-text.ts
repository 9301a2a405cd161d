/** Commands as people type them above an output they paste. */

/** A remark in brackets ("missing part", "setting named in the thread") marks an excerpt, not an output. */
export function isExcerpt(command: string): boolean {
  return /\([^()]*[a-z ]{3,}[^()]*\)\s*$/i.test(command) && !/\$\([^()]*\)\s*$/.test(command);
}

/** `a; b && c` are several commands; their outputs stand one after the other. */
export function commandParts(command: string): string[] {
  return command
    .split(/;|&&|\|\|/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** The words of a command, without what people put in front of it (sudo, timeout, environment words). */
export function wordsOf(part: string): string[] {
  const words = part.split(/\s+/).filter((word) => word !== "");
  while (words.length > 1 && inFront(words)) words.shift();
  return words;
}

function inFront(words: readonly string[]): boolean {
  const [first = "", second = ""] = words;
  if (["sudo", "$", "#", "nice", "time", "do", "then"].includes(first)) return true;
  if (/^[A-Za-z_]\w*=\S*$/.test(first)) return true;
  return first === "timeout" || (/^\d+s?$/.test(first) && second !== "") || /^-[a-zA-Z]$/.test(first);
}
