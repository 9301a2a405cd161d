/** One line of Prometheus' text format that was looked for. */
export interface Sample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  readonly line: string;
}

const sampleLine = /^([a-z_]{1,120})(?:\{([^}]{0,2000})\})? (-?[\d.eE+-]{1,40})$/;
const label = /([a-z_]{1,60})="([^"]{0,200})"/g;

/** The samples of some metrics; comments, other metrics and values that are no finite number are passed over. */
export function metricsIn(lines: readonly string[], names: readonly string[]): readonly Sample[] {
  return lines.flatMap((line) => {
    const [, name = "", labels = "", number = ""] = sampleLine.exec(line) ?? [];
    const value = Number(number);
    if (!names.includes(name) || number === "" || !Number.isFinite(value)) return [];
    const pairs = [...labels.matchAll(label)].map(([, key = "", said = ""]) => [key, said] as const);
    return [{ name, labels: new Map(pairs), value, line }];
  });
}
