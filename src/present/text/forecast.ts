import { printable } from "../../shared/printable.ts";
import type { ForecastWords } from "../forecast.ts";

/** The forecast for a terminal: one line for a node of which nothing is found. */
export function forecastText({ headline, warnings, notRead }: ForecastWords): string {
  const lines = [
    headline,
    ...warnings.flatMap(({ says, lines: more }, index) => [
      `  ${index + 1}. ${says}`,
      ...more.map((line) => `     ${line}`),
    ]),
    ...notRead.map((line) => `  not read: ${line}`),
  ];
  return `${lines.map(oneLine).join("\n")}\n`;
}

/** A terminal must not be steered by what a node says. */
function oneLine(text: string): string {
  return printable(text)
    .replace(/\s*[\r\n]\s*/g, " ")
    .slice(0, 2_000);
}
