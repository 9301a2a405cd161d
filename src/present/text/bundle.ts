import { printable } from "../../shared/printable.ts";

/** A bundle as it is shown: who, when, and a row for each question. */
export interface BundleView {
  readonly cluster: string | null;
  readonly node: string | null;
  readonly at: string | null;
  /** By mask, how often it applied. */
  readonly masked: Readonly<Record<string, number>>;
  readonly rows: readonly {
    readonly source: string;
    readonly probe: string;
    readonly asked: readonly string[];
    readonly answered: boolean;
    /** `1200 characters`, `not read: refused`. */
    readonly state: string;
  }[];
}

/** What a bundle holds, a line for each question, in the order of its sources. */
export function bundleLines({ cluster, node, at, masked, rows }: BundleView): readonly string[] {
  const answered = rows.filter((row) => row.answered).length;
  const where = [cluster, node].filter((name) => name !== null).join("/") || "an unnamed node";
  const lines = rows.map(
    ({ source, probe, state, asked }) =>
      `${source.padEnd(11)} ${probe.padEnd(26)} ${state.padEnd(28)} ${asked.join(" ").slice(0, 120)}`,
  );
  const head = `${where}, collected ${at ?? "at an unknown time"}: ${answered} of ${rows.length} questions answered`;
  return [head, maskedLine(masked), "", ...lines].map((line) => printable(line).replace(/\n/g, " "));
}

export function maskedLine(masked: BundleView["masked"]): string {
  const counts = Object.entries(masked).map(([name, count]) => `${name} ${count}×`);
  return counts.length > 0 ? `Masked: ${counts.join(", ")}.` : "Masked: nothing was found that had to be.";
}
