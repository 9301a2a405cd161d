import type { BlockOf } from "../../validate/blocks.ts";
import type { PieChart, PlottedChart } from "../../validate/charts.ts";
import { escapeHtml } from "./html.ts";

/** Slack's native charts, drawn small; the same figures stand in a table for whoever cannot see a picture. */

const width = 560;
const height = 200;
const floor = height - 24;

export function renderChart(block: BlockOf<"data_visualization">): string {
  const { chart, title } = block;
  const picture = chart.type === "pie" ? drawPie(chart) : drawPlot(chart);
  const legend =
    chart.type === "pie"
      ? chart.segments.map((one) => `${one.label} (${one.value})`)
      : chart.series.map((one) => one.name);
  return `<figure class="chart"><figcaption>${escapeHtml(title)}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}">${picture}</svg>
<ul class="legend">${legend.map((name, index) => `<li class="series-${index}">${escapeHtml(name)}</li>`).join("")}</ul>${figures(chart)}</figure>`;
}

/** Every value, for screen readers. */
function figures(chart: PlottedChart | PieChart): string {
  const rows =
    chart.type === "pie"
      ? chart.segments.map((one) => [one.label, String(one.value)])
      : chart.axis_config.categories.map((category) => [
          category,
          ...chart.series.map((one) => String(valueAt(one, category))),
        ]);
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`).join("");
  return `<table class="unseen"><tbody>${body}</tbody></table>`;
}

type Series = PlottedChart["series"][number];

const valueAt = (series: Series, category: string): number =>
  series.data.find((one) => one.label === category)?.value ?? 0;

function drawPlot(chart: PlottedChart): string {
  const { categories } = chart.axis_config;
  const top = Math.max(1, ...chart.series.flatMap((one) => one.data.map((point) => point.value)));
  const step = width / categories.length;
  const y = (value: number): number => Math.round(floor - (Math.max(value, 0) / top) * (floor - 18));
  const labels = categories.map((name, index) => label(Math.round((index + 0.5) * step), height - 8, name));
  const drawn = chart.series.map((series, index) => {
    const values = categories.map((category) => valueAt(series, category));
    return chart.type === "bar"
      ? bars(values, index, chart.series.length, step, y)
      : curve(values, index, step, y, chart.type === "area");
  });
  return `<line class="axis" x1="0" x2="${width}" y1="${floor}" y2="${floor}"/>${drawn.join("")}${labels.join("")}`;
}

function label(x: number, y: number, text: string): string {
  return `<text x="${x}" y="${y}" text-anchor="middle">${escapeHtml(text)}</text>`;
}

function bars(
  values: readonly number[],
  index: number,
  count: number,
  step: number,
  y: (value: number) => number,
): string {
  const barWidth = (step * 0.7) / count;
  return values
    .map((value, at) => {
      const x = at * step + step * 0.15 + index * barWidth;
      const bar = `<rect class="series-${index}" x="${x.toFixed(1)}" y="${y(value)}" width="${(barWidth - 2).toFixed(1)}" height="${floor - y(value)}" rx="2"/>`;
      return count > 2 ? bar : bar + label(Math.round(x + barWidth / 2), y(value) - 4, String(value));
    })
    .join("");
}

function curve(
  values: readonly number[],
  index: number,
  step: number,
  y: (value: number) => number,
  filled: boolean,
): string {
  const points = values.map((value, at) => `${((at + 0.5) * step).toFixed(1)},${y(value)}`).join(" ");
  const last = ((values.length - 0.5) * step).toFixed(1);
  const area = `<polygon class="area series-${index}" points="${(step / 2).toFixed(1)},${floor} ${points} ${last},${floor}"/>`;
  return `${filled ? area : ""}<polyline class="curve series-${index}" points="${points}"/>`;
}

function drawPie(chart: PieChart): string {
  const total = chart.segments.reduce((sum, one) => sum + one.value, 0);
  let from = 0;
  return chart.segments
    .map((segment, index) => {
      const to = from + segment.value / total;
      const slice = sliceOf(from, to, index);
      from = to;
      return slice;
    })
    .join("");
}

function sliceOf(from: number, to: number, index: number): string {
  const radius = height / 2 - 8;
  const point = (share: number): string => {
    const angle = (Math.min(share, 0.99999) - 0.25) * 2 * Math.PI;
    return `${(width / 2 + radius * Math.cos(angle)).toFixed(1)} ${(height / 2 + radius * Math.sin(angle)).toFixed(1)}`;
  };
  const long = to - from > 0.5 ? 1 : 0;
  return `<path class="series-${index}" d="M${width / 2} ${height / 2} L${point(from)} A${radius} ${radius} 0 ${long} 1 ${point(to)} Z"/>`;
}
