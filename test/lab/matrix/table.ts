import type { Outcome } from "./trial.ts";

const columns = ["fault", "image", "root named", "rank", "verdict", "answer", "healed by", "seconds", ""] as const;

export const passed = ({ wrong }: Outcome): boolean => wrong.length === 0;

function cells(outcome: Outcome): readonly string[] {
  const { fault, image, root, rank, verdict, answerSeconds, healedBy, seconds } = outcome;
  const answer = answerSeconds === null ? "-" : `${answerSeconds.toFixed(1)} s`;
  const result = passed(outcome) ? "right" : "WRONG";
  return [fault, image, root, String(rank ?? "-"), verdict, answer, healedBy, seconds.toFixed(0), result];
}

/** One line as soon as a fault is through. */
export function line(outcome: Outcome): string {
  const [fault, image, root, rank, verdict, answer, healedBy, seconds, result] = cells(outcome);
  const wrong = outcome.wrong.map((each) => `\n       ${each}`).join("");
  return `${result}  ${fault} (${image}): ${root} at ${rank}, ${verdict}, ${answer}; healed by ${healedBy}; ${seconds} s${wrong}`;
}

/** The table as Markdown, which is readable on a terminal too. */
export function table(outcomes: readonly Outcome[]): string {
  const rows = [columns, columns.map(() => "---"), ...outcomes.map(cells)];
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** The figures that are promised: right roots by kind, confirmed causes on healthy nodes, the median answer. */
export function summary(outcomes: readonly Outcome[]): string {
  const share = (kind: Outcome["kind"]): string => {
    const all = outcomes.filter((outcome) => outcome.kind === kind);
    return `${all.filter(({ rank }) => rank === 1).length} of ${all.length} ${kind}`;
  };
  const false_ = outcomes.filter(({ kind, verdict }) => kind === "healthy" && verdict === "confirmed").length;
  const answers = outcomes.flatMap(({ answerSeconds }) => answerSeconds ?? []).sort((a, b) => a - b);
  const median = answers[Math.floor(answers.length / 2)] ?? 0;
  return [
    `Root right at rank 1: ${share("single")}, ${share("compound")}, ${share("healthy")}.`,
    `Confirmed on healthy nodes: ${false_}. Median time to answer: ${median.toFixed(1)} s.`,
  ].join(" ");
}
