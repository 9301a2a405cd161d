import { z } from "zod";
import { limits } from "./text.ts";

/** Slack's native chart block, `data_visualization` (since June 2026). */

const label = z.string().min(1).max(limits.chartLabel);
const point = z.strictObject({ label, value: z.number() });

const series = z.strictObject({ name: label, data: z.array(point).min(1).max(limits.chartCategories) });

const axes = z.strictObject({
  categories: z.array(label).min(1).max(limits.chartCategories),
  x_label: z.string().max(limits.chartTitle).optional(),
  y_label: z.string().max(limits.chartTitle).optional(),
});

const plotted = <Kind extends "bar" | "line" | "area">(kind: Kind) =>
  z
    .strictObject({ type: z.literal(kind), series: z.array(series).min(1).max(limits.chartSeries), axis_config: axes })
    .superRefine((chart, context) => {
      const names = chart.series.map((one) => one.name);
      if (new Set(names).size < names.length)
        context.addIssue({ code: "custom", path: ["series"], message: "series names must differ" });
      for (const [index, one] of chart.series.entries()) {
        const fits =
          one.data.length === chart.axis_config.categories.length &&
          one.data.every((datum) => chart.axis_config.categories.includes(datum.label));
        if (!fits)
          context.addIssue({
            code: "custom",
            path: ["series", index, "data"],
            message: "labels must be the categories",
          });
      }
    });

const pie = z.strictObject({
  type: z.literal("pie"),
  segments: z
    .array(point.extend({ value: z.number().positive() }))
    .min(1)
    .max(limits.chartSeries),
});

/** The fields of a data_visualization block but for its block_id. */
export const chartFields = {
  type: z.literal("data_visualization"),
  title: z.string().min(1).max(limits.chartTitle),
  chart: z.discriminatedUnion("type", [plotted("bar"), plotted("line"), plotted("area"), pie]),
};

export type PlottedChart = z.infer<ReturnType<typeof plotted>>;
export type PieChart = z.infer<typeof pie>;
