/** Keeps one end of a stream within a byte limit while it flows. */
export interface Collector {
  readonly add: (chunk: Buffer) => void;
  /** Bytes that were seen, kept or not. */
  readonly seen: () => number;
  readonly text: () => { readonly text: string; readonly truncated: boolean };
}

const newline = 0x0a;

/**
 * The cut falls between lines, so that no half line is read as a whole one, unless there is no line
 * end at all. Bytes that are not UTF-8 become U+FFFD.
 */
export function collector(maxBytes: number, keep: "head" | "tail"): Collector {
  let chunks: Buffer[] = [];
  let held = 0;
  let seen = 0;

  const compact = (): Buffer => {
    const all = Buffer.concat(chunks);
    const kept = keep === "head" ? all.subarray(0, maxBytes) : all.subarray(Math.max(0, all.length - maxBytes));
    chunks = [kept];
    held = kept.length;
    return kept;
  };
  const add = (chunk: Buffer): void => {
    seen += chunk.length;
    if (keep === "head" && held >= maxBytes) return;
    chunks.push(chunk);
    held += chunk.length;
    if (held > 2 * maxBytes) compact();
  };
  const text = (): { text: string; truncated: boolean } => {
    const kept = compact();
    const truncated = seen > kept.length;
    return { text: decode(truncated ? wholeLines(kept, keep) : kept), truncated };
  };
  return { add, seen: () => seen, text };
}

function wholeLines(bytes: Buffer, keep: "head" | "tail"): Buffer {
  if (keep === "tail") return bytes.subarray(bytes.indexOf(newline) + 1);
  const last = bytes.lastIndexOf(newline);
  return last < 0 ? bytes : bytes.subarray(0, last + 1);
}

function decode(bytes: Buffer): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** Passes on what follows the line of marker and process id; what the login shell printed before it is dropped. */
export interface Gate {
  /** The part of the chunk that belongs to the command; empty until the marker line has come. */
  readonly pass: (chunk: Buffer) => Buffer;
  /** The process id of the command once it has started. */
  readonly pid: () => number | null;
  /** What came before the marker, at most 64 KiB: why the command did not start, perhaps. */
  readonly before: () => string;
}

const mostNoise = 64 * 1024;

export function gate(marker: string): Gate {
  const needle = Buffer.from(`${marker} `);
  let noise: Buffer = Buffer.alloc(0);
  let pid: number | null = null;
  const pass = (chunk: Buffer): Buffer => {
    if (pid !== null) return chunk;
    noise = Buffer.concat([noise, chunk]);
    const at = noise.indexOf(needle);
    const end = at < 0 ? -1 : noise.indexOf(newline, at);
    if (end < 0) {
      noise = noise.subarray(-mostNoise);
      return Buffer.alloc(0);
    }
    pid = Number(noise.toString("latin1", at + needle.length, end)) || 0;
    const rest = noise.subarray(end + 1);
    noise = noise.subarray(0, at);
    return rest;
  };
  return { pass, pid: () => pid, before: () => decode(noise) };
}
