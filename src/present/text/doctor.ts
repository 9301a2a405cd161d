import { printable } from "../../shared/printable.ts";

/** A checkup as it is shown. */
export interface CheckupView {
  readonly state: "fine" | "fix" | "unknown";
  readonly findings: readonly {
    readonly check: string;
    readonly about: string | null;
    readonly state: "fine" | "fix" | "unknown";
    readonly says: string;
    readonly next: readonly string[];
  }[];
}

const words = { fine: "ok", fix: "FIX", unknown: "?" } as const;

/** One line for each finding, with the next step behind an arrow; then how many there are of each kind. */
export function checkupText({ findings }: CheckupView): string {
  const lines = findings.map(({ check, about, state, says, next }) => {
    const head = `${words[state].padEnd(4)}${check.padEnd(12)}`;
    const step = next.length === 0 ? "" : ` -> ${next.join("; ")}`;
    return printable(`${head}${about === null ? "" : `${about}: `}${says}${step}`).replace(/\n/g, " ");
  });
  const count = (wanted: string): number => findings.filter(({ state }) => state === wanted).length;
  return `${lines.join("\n")}\n${count("fine")} fine, ${count("fix")} to fix, ${count("unknown")} could not be told\n`;
}
