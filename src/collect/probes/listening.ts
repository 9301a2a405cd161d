import { isWhole, linesOf } from "../parse/answer.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** Who listens on which TCP port. */
export const listening = defineProbe({
  id: "listening",
  asks: "Which ports are listened on, and by whom?",
  provides: {
    "port.rows": { type: "rows", says: "listening TCP sockets", columns: ["port", "address", "process", "pid"] },
  },
  via: { source: "ssh", argv: ["ss", "-ltnp"], sudo: true },
  limits: { timeoutMs: 3_000, maxBytes: 256 * 1024 },
  recognises: whole(
    (words) =>
      (words[0] === "ss" && words.some((word) => /^-\w*l/.test(word))) ||
      (words[0] === "netstat" && words.some((word) => /^-\w*l/.test(word))),
  ),
  read: (answer) => {
    const rows = linesOf(answer).flatMap((line) => fromSs(line) ?? fromNetstat(line) ?? []);
    return rows.length === 0 || !isWhole(answer) ? {} : { facts: { "port.rows": rows } };
  },
});

/** `LISTEN 0 4096 127.0.0.1:10248 0.0.0.0:* users:(("kubelet",pid=77,fd=19))`. */
function fromSs(line: string) {
  const parts =
    /^(?:tcp\s+)?LISTEN\s+\d+\s+\d+\s+(\S{1,200}):(\d{1,5})\s+\S{1,200}:\*(?:\s+users:\(\("([^"]{1,100})",pid=(\d{1,10}))?/.exec(
      line,
    );
  if (parts === null) return undefined;
  return {
    port: Number(parts[2]),
    address: parts[1] ?? "",
    process: parts[3] ?? null,
    pid: parts[4] === undefined ? null : Number(parts[4]),
  };
}

/** `tcp 0 0 127.0.0.1:10248 0.0.0.0:* LISTEN 77/kubelet`. */
function fromNetstat(line: string) {
  const parts =
    /^tcp6?\s+\d+\s+\d+\s+(\S{1,200}):(\d{1,5})\s+\S{1,200}:\*\s+LISTEN(?:\s+(\d{1,10})\/(\S{1,100}))?/.exec(line);
  if (parts === null) return undefined;
  return {
    port: Number(parts[2]),
    address: parts[1] ?? "",
    process: parts[4] ?? null,
    pid: parts[3] === undefined ? null : Number(parts[3]),
  };
}
