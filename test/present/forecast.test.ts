import { expect, test } from "@jest/globals";
import { fleetSummary, forecastWords } from "../../src/present/forecast.ts";
import { forecastText } from "../../src/present/text/forecast.ts";
import type { Forecast, ForecastWarning } from "../../src/report/forecast.ts";

/** Small hand-made forecasts: the only place where the wording of `check` is held fast. */
const sound: Forecast = {
  schema: 1,
  node: "worker-3",
  cluster: "prod-eu1",
  pool: null,
  at: "2026-03-01T03:12:44.000Z",
  status: "Ready",
  healthy: true,
  reboot: { comesBack: "yes", because: [] },
  warnings: [],
  open: [],
  unavailable: [],
  withinSeconds: 2_592_000,
  engine: "test",
  knowledge: "test",
};
const disabled: ForecastWarning = {
  cause: "kubelet-disabled",
  title: "The kubelet's unit is not enabled",
  area: "kubelet",
  warning: "not-started-at-boot",
  says: "the kubelet's unit is disabled",
  strikes: "reboot",
  sure: true,
  by: null,
  why: "the next boot does not start it",
  evidence: [{ source: "unit-kubelet", line: "UnitFileState=disabled" }],
  steps: [{ on: "node", argv: ["systemctl", "enable", "kubelet"] }],
  owner: "platform team",
  runbook: "https://wiki.example/kubelet",
};
const ends: ForecastWarning = {
  ...disabled,
  cause: "apiserver-cert-expired",
  says: "the API server's certificate ends",
  strikes: "date",
  sure: false,
  by: "2026-03-10T03:12:44.000Z",
  owner: null,
  runbook: null,
  steps: [{ on: "control-plane", do: "renew it" }],
};

const all: Readonly<Record<string, Forecast>> = {
  sound,
  "would not come back": {
    ...sound,
    reboot: { comesBack: "no", because: ["the kubelet's unit is disabled"] },
    warnings: [disabled, ends, { ...ends, by: "2026-02-10T03:12:44.000Z" }],
  },
  "not read": {
    ...sound,
    reboot: { comesBack: "not-known", because: ["not read: ssh (refused)"] },
    open: [{ cause: "swap-enabled", title: "x", warning: "swap-in-fstab", strikes: "reboot", missing: ["fstab.swap"] }],
    unavailable: [
      {
        source: "ssh",
        reason: "refused",
        detail: "connection refused",
        leavesOpen: ["a", "b", "c", "d", "e", "f", "swap-enabled"],
        grant: null,
      },
    ],
  },
  "not well": {
    ...sound,
    status: "NotReady",
    healthy: false,
    reboot: { comesBack: "not-known", because: ["it is not well now"] },
  },
};

test.each(Object.entries(all))("%s", (_, forecast) => {
  expect(forecastText(forecastWords(forecast))).toMatchSnapshot();
});

test("many nodes", () => {
  expect(fleetSummary([...Object.values(all), sound])).toMatchSnapshot();
  expect(fleetSummary([sound])).toMatchSnapshot();
});

test("what a node says cannot steer a terminal", () => {
  const line = "\u001b[2J\u001b]0;owned\u0007\nworker-4: fine";
  const text = forecastText(
    forecastWords({ ...sound, warnings: [{ ...disabled, evidence: [{ source: "x", line }] }] }),
  );
  expect(["\u001b", "\u0007"].filter((sign) => text.includes(sign))).toEqual([]);
  expect(text).not.toMatch(/^worker-4/m);
});
