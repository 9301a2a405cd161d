import { decimal } from "./reading.ts";

/** One answer of `curl -w '\nhttp=%{http_code} time=%{time_total} err=%{errormsg}\n'`, or of a plain curl. */
export interface CurlAnswer {
  /** Null: no HTTP answer came. */
  readonly status: number | null;
  readonly body: string;
  readonly error: string;
  readonly seconds: number | undefined;
  readonly line: string;
}

/** What curl appends; `err=` and `time=` may be missing. Asked with this, an answer tells itself from a failure. */
export const curlWrites = "\\nhttp=%{http_code} time=%{time_total} err=%{errormsg}\\n";

const written = /^http=(\d{3})(?: time=([\d.]{1,20}))?(?: err=(.*))?$/;

/** All answers in a text: one per `http=` line, with the body that stands before it. */
export function curlAnswers(lines: readonly string[]): readonly CurlAnswer[] {
  const found: CurlAnswer[] = [];
  // curl before 7.75 does not know %{errormsg}: its complaint is then only on standard error.
  const complaint = lines.find((line) => /^curl: \(\d+\)/.test(line)) ?? "";
  let body: string[] = [];
  for (const line of lines) {
    const parts = written.exec(line);
    if (parts === null) body.push(line);
    else {
      const status = Number(parts[1]);
      const seconds = decimal(parts[2]);
      found.push({
        status: status === 0 ? null : status,
        body: body.join("\n").trim(),
        error: parts[3]?.trim() || (status === 0 ? complaint : ""),
        seconds,
        line,
      });
      body = [];
    }
  }
  return found.length > 0 ? found : plain(lines);
}

/** `curl: (7) Failed to connect to …` or a bare body. */
function plain(lines: readonly string[]): readonly CurlAnswer[] {
  const complaint = lines.find((line) => /^(curl: \(\d+\)|wget: )/.test(line));
  if (complaint !== undefined)
    return [{ status: null, body: "", error: complaint, seconds: undefined, line: complaint }];
  const body = lines.filter((line) => line.trim() !== "");
  const first = body[0];
  return first === undefined
    ? []
    : [{ status: null, body: body.join("\n"), error: "", seconds: undefined, line: first }];
}

/** The words are curl's (7.x and 8.x) and wget's. curl reports "no route" as a failure to connect too, so it comes first. */
const failures: readonly (readonly [RegExp, string])[] = [
  [/no route to host|network is unreachable|host is unreachable/i, "no-route"],
  [/resolv|\(6\)|name or service not known/i, "dns"],
  [/timed out|timeout|\(28\)/i, "timed-out"],
  [/refused|couldn't connect to server|\(7\)/i, "refused"],
  [/ssl|tls|certificate|\(35\)|\(60\)/i, "tls"],
];

/** In one word, why no HTTP answer came. */
export function connectFailure(error: string): string {
  return failures.find(([pattern]) => pattern.test(error))?.[1] ?? "other";
}
