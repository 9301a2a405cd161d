const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** ISO 8601 UTC, without a fraction of zero; undefined where the text is no date. */
function iso(text: string): string | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace(".000Z", "Z");
}

/** A stamp as Kubernetes writes it: `2026-11-21T02:12:03.399985Z`. */
export function isoStamp(text: unknown): string | undefined {
  const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
  return typeof text === "string" && shape.test(text) ? iso(text) : undefined;
}

/**
 * A stamp as systemd writes it: `Sat 2026-11-21 02:11:27 UTC`. Zone names other than UTC are not unique (IST, CST),
 * so they give undefined; probes ask with TZ=UTC.
 */
export function systemdStamp(text: string | undefined): string | undefined {
  const parts =
    /^(?:[A-Z][a-z]{2} )?(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d{1,9})? (UTC|GMT|Z|[+-]\d\d(?::?\d\d)?)$/.exec(
      text?.trim() ?? "",
    );
  if (!parts) return undefined;
  const zone = parts[3] ?? "";
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3).replace(":", "") || "00"}` : "Z";
  return iso(`${parts[1]}T${parts[2]}${offset}`);
}

/** A stamp as openssl and asctime write it: `Nov 21 02:11:26 2026 GMT`. Only GMT and UTC. */
export function opensslStamp(text: string | undefined): string | undefined {
  const parts = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) (?:GMT|UTC)$/.exec(
    text?.trim() ?? "",
  );
  const month = months.indexOf(parts?.[1] ?? "");
  if (!parts || month < 0) return undefined;
  return iso(`${parts[4]}-${pad(month + 1)}-${pad(Number(parts[2]))}T${parts[3]}Z`);
}

/** `date -u` in the C locale: `Sat Nov 21 02:12:12 UTC 2026`. */
export function dateStamp(text: string | undefined): string | undefined {
  const parts = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (?:[AP]M )?(UTC|GMT) (\d{4})$/.exec(
    text?.trim() ?? "",
  );
  return parts ? opensslStamp(`${parts[1]} ${parts[2]} ${parts[3]} ${parts[5]} GMT`) : undefined;
}

/** Seconds since 1970, as `stat -c %Y` and btime write them. */
export function epochStamp(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{1,11}$/.test(text) ? iso(new Date(Number(text) * 1000).toISOString()) : undefined;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}

/** An HTTP Date header: `Sat, 21 Nov 2026 13:44:39 GMT`. */
export function httpStamp(text: string | undefined): string | undefined {
  const parts = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/.exec(text?.trim() ?? "");
  return parts ? opensslStamp(`${parts[2]} ${Number(parts[1])} ${parts[4]} ${parts[3]} GMT`) : undefined;
}

/** A date with its own offset, as kubectl describe writes it: `Tue, 18 Oct 2016 02:09:49 -0400`. */
export function mailStamp(text: string | undefined): string | undefined {
  const parts = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(
    text?.trim() ?? "",
  );
  const month = months.indexOf(parts?.[2] ?? "");
  return parts && month >= 0
    ? iso(`${parts[3]}-${pad(month + 1)}-${parts[1]}T${parts[4]}${parts[5]}:${parts[6]}`)
    : undefined;
}
