import { readFileSync, writeFileSync } from "node:fs";
import { summary, table } from "./table.ts";
import type { Outcome } from "./trial.ts";

const file = new URL("../../../docs/lab.md", import.meta.url);
const [begin, end] = ["<!-- matrix: begin -->", "<!-- matrix: end -->"];

/** Puts the last table between the two markers of docs/lab.md. */
export function writeDocs(outcomes: readonly Outcome[], minutes: number, jobs: number): void {
  const text = readFileSync(file, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`docs/lab.md lacks ${begin} and ${end}`);
  const how = `${summary(outcomes)} It took ${minutes.toFixed(0)} minutes with ${jobs} nodes side by side.`;
  const made = `${begin}\n${how}\n\n${table(outcomes)}\n${end}`;
  writeFileSync(file, text.slice(0, from) + made + text.slice(to + end.length));
}
