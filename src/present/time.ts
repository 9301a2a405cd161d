/** `03:12:44` of an ISO stamp in UTC; with the day in front where it is not the day of `of`. */
export function clockTime(at: string | null, of: string | null = null): string {
  if (at === null) return "time not known";
  const day = at.slice(0, 10);
  return of !== null && of.slice(0, 10) !== day ? `${day} ${at.slice(11, 19)}` : at.slice(11, 19);
}

const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** `4 min`, `2 h 10 min`, `50 s`: the two largest units that matter. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const first = units.findIndex(([, size]) => whole >= size);
  const unit = units[first];
  if (!unit) return "0 s";
  const [name, size] = unit;
  const count = Math.floor(whole / size);
  const next = units[first + 1];
  const rest = next ? Math.floor((whole - count * size) / next[1]) : 0;
  return next && rest > 0 && count < 3 ? `${count} ${name} ${rest} ${next[0]}` : `${count} ${name}`;
}

export function secondsBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
}
