import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { unitsWanted } from "./units-wanted.ts";

/** systemd 252: it prints in an order of its own. */
const unit = (id: string, state: string, wantedBy: string, more = ""): string =>
  `Id=${id}\nRequiredBy=${more}\nWantedBy=${wantedBy}\nTriggeredBy=\nLoadState=loaded\nActiveState=active\nUnitFileState=${state}`;
const absent =
  "Id=k3s.service\nRequiredBy=\nWantedBy=\nTriggeredBy=\nLoadState=not-found\nActiveState=inactive\nUnitFileState=";
const asked = ["systemctl", "show", "--no-pager", "kubelet.service", "k3s.service", "containerd.service"];

test.each<[string, string, object]>([
  [
    "both enabled",
    `${unit("kubelet.service", "enabled", "multi-user.target")}\n\n${absent}\n\n${unit("containerd.service", "enabled", "multi-user.target")}`,
    { "kubelet.unit.wantedBy": ["multi-user.target"], "runtime.unit.wantedBy": ["multi-user.target"] },
  ],
  [
    "a runtime that the kubelet's unit pulls in",
    unit("containerd.service", "disabled", "", "kubelet.service docker.service"),
    { "runtime.unit.wantedBy": ["kubelet.service", "docker.service"] },
  ],
  ["a unit that nothing starts", unit("kubelet.service", "disabled", ""), { "kubelet.unit.wantedBy": [] }],
  ["neither", absent, {}],
  ["nothing", "", {}],
])("%s", (_, text, found) => {
  expect(valuesOf(unitsWanted, text, { asked })).toEqual(found);
});
