import { expect, test } from "@jest/globals";
import { kubeletUnits as probedKubelets, runtimeUnits as probedRuntimes } from "../collect/parse/units.ts";
import { controlPlaneUnits, kubeletUnits, runtimeUnits } from "./units.ts";

test("every unit the probes can find is either one an action may restart or one that carries the control plane", () => {
  const restartable = [...runtimeUnits, ...kubeletUnits, ...controlPlaneUnits];
  const probed = [...new Set([...Object.keys(probedRuntimes), ...probedKubelets])];
  expect(probed.filter((unit) => !restartable.includes(unit))).toEqual([]);
  expect(restartable.filter((unit) => !probed.includes(unit))).toEqual([]);
});

test("no unit is both", () => {
  expect([...runtimeUnits, ...kubeletUnits].filter((unit) => controlPlaneUnits.includes(unit))).toEqual([]);
});
