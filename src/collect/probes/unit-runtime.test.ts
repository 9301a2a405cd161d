import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { runtimeUnits } from "../parse/units.ts";
import { unitRuntime } from "./unit-runtime.ts";

/** systemd 252, containerd 1.6 stopped by hand. */
const sample = `MainPID=0
Result=success
NRestarts=0
ExecMainPID=48
ExecMainCode=1
ExecMainStatus=0
Id=containerd.service
LoadState=loaded
ActiveState=inactive
SubState=dead
UnitFileState=enabled
ActiveEnterTimestamp=Sat 2026-11-21 02:11:27 UTC
InactiveEnterTimestamp=Sat 2026-11-21 02:11:30 UTC
MemoryMax=infinity
`;
const missing = (id: string) => `Id=${id}\nLoadState=not-found\nActiveState=inactive`;

test("reads the runtime's unit", () => {
  expect(valuesOf(unitRuntime, sample)).toMatchObject({
    "runtime.name": "containerd",
    "runtime.unit.active": "inactive",
    "runtime.unit.result": "success",
    "runtime.unit.exitCode": 0,
    "runtime.unit.since": "2026-11-21T02:11:30Z",
    "runtime.unit.memoryMax": null,
  });
});

test.each([
  [
    "crio",
    "Id=crio.service\nLoadState=loaded\nActiveState=failed\n\nId=docker.service\nLoadState=loaded\nActiveState=active",
  ],
  ["containerd", `${sample}\nId=docker.service\nLoadState=loaded\nActiveState=active`],
  ["containerd", `${missing("containerd.service")}\n\nId=k3s.service\nLoadState=loaded\nActiveState=active`],
  ["docker", `${missing("containerd.service")}\n\nId=docker.service\nLoadState=loaded\nActiveState=active`],
])("names %s", (name, text) => {
  expect(valuesOf(unitRuntime, text)["runtime.name"]).toBe(name);
});

test("none only where every runtime was asked for", () => {
  const all = Object.keys(runtimeUnits).map(missing).join("\n\n");
  expect(valuesOf(unitRuntime, all)).toEqual({ "runtime.unit.load": "not-found", "runtime.name": "none" });
  expect(valuesOf(unitRuntime, missing("containerd.service"))).not.toHaveProperty("runtime.name");
});
