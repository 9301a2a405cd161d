import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { metricsHistory } from "./metrics-history.ts";

/** The form of https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries */
const answer = (result: readonly object[]) =>
  JSON.stringify({ status: "success", data: { resultType: "matrix", result } });
const series = (what: string, values: readonly [number, string][], more = {}) => ({
  metric: { what, ...more },
  values,
});
const t = Date.parse("2026-11-21T11:45:00Z") / 1_000;

test("the last samples, with their times and how far they went", () => {
  const text = answer([
    series("memory", [
      [t, "41.2"],
      [t + 30, "12.345"],
      [t + 60, "1.404"],
    ]),
    series(
      "disk",
      [
        [t, "80"],
        [t + 60, "79.5"],
      ],
      { mountpoint: "/" },
    ),
    series("disk", [[t + 60, "0.02"]], { mountpoint: "/var/lib/containerd" }),
    series("kubelet", [
      [t, "1"],
      [t + 60, "0"],
    ]),
    series(
      "inodes",
      [
        [t, "NaN"],
        [t + 30, "+Inf"],
      ],
      { mountpoint: "/boot/efi" },
    ),
  ]);
  const found = valuesOf(metricsHistory, text);
  expect(found).toMatchObject({
    "history.at": "2026-11-21T11:46:00Z",
    "history.memory.availablePercent": 1.4,
    "history.disk.availablePercent": 0.02,
    "history.kubelet.up": 0,
  });
  expect(found).not.toHaveProperty(["history.inodes.availablePercent"]);
  expect((found["history.rows"] as readonly object[])[0]).toMatchObject({ what: "memory", lowest: 1.4, highest: 41.2 });
});

test("nothing measured is an answer; an error, a cut or another form is none", () => {
  expect(valuesOf(metricsHistory, answer([]))).toEqual({ "history.rows": [], "history.at": null });
  expect(valuesOf(metricsHistory, '{"status":"error","errorType":"bad_data","error":"x"}')).toEqual({});
  expect(valuesOf(metricsHistory, value(answer([]), { truncated: true }))).toEqual({});
});
