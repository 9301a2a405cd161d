import { describe, expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown, valuesOf } from "../parse/testing.ts";
import { unitKubelet } from "./unit-kubelet.ts";

/** systemd 252, kubelet 1.34 killed for memory in a loop, and a flavour that is not installed. */
const sample = `MainPID=0
Result=signal
NRestarts=2
ExecMainStartTimestamp=Sat 2026-11-21 02:53:41 UTC
ExecMainPID=210
ExecMainCode=2
ExecMainStatus=9
MemoryMax=12582912
User=nobody
Id=kubelet.service
LoadState=loaded
ActiveState=activating
SubState=auto-restart
FragmentPath=/etc/systemd/system/kubelet.service
DropInPaths=/etc/systemd/system/kubelet.service.d/50-memory.conf
UnitFileState=enabled
ActiveEnterTimestamp=Sat 2026-11-21 02:53:41 UTC
InactiveEnterTimestamp=Sat 2026-11-21 02:53:41 UTC
NeedDaemonReload=no
ConditionResult=yes
AssertResult=yes
ConditionTimestamp=Sat 2026-11-21 02:53:41 UTC
AssertTimestamp=Sat 2026-11-21 02:53:41 UTC

MainPID=0
Id=k3s.service
LoadState=not-found
ActiveState=inactive
SubState=dead
`;

/** systemd 252, the same moment as systemctl status shows it. */
const status = `● kubelet.service - kubelet: The Kubernetes Node Agent
     Loaded: loaded (/etc/systemd/system/kubelet.service; enabled; preset: enabled)
    Drop-In: /etc/systemd/system/kubelet.service.d
             └─50-memory.conf, 60-more.conf
     Active: activating (auto-restart) (Result: signal) since Sat 2026-11-21 02:53:41 UTC; 8s ago
   Main PID: 210 (code=killed, signal=KILL)
     CGroup: /system.slice/kubelet.service

Nov 21 02:53:41 n2 systemd[1]: kubelet.service: Main process exited, code=killed, status=9/KILL
`;

describe("systemctl show", () => {
  test("reads the unit that exists", () => {
    expect(valuesOf(unitKubelet, sample)).toMatchObject({
      "kubelet.unit.name": "kubelet.service",
      "kubelet.unit.load": "loaded",
      "kubelet.unit.active": "activating",
      "kubelet.unit.sub": "auto-restart",
      "kubelet.unit.file": "enabled",
      "kubelet.unit.result": "signal",
      "kubelet.unit.exitCode": null,
      "kubelet.unit.exitSignal": 9,
      "kubelet.unit.restarts": 2,
      "kubelet.unit.condition": true,
      "kubelet.unit.since": "2026-11-21T02:53:41Z",
      "kubelet.unit.neverStarted": false,
      "kubelet.unit.pid": null,
      "kubelet.unit.dropIns": ["/etc/systemd/system/kubelet.service.d/50-memory.conf"],
      "kubelet.unit.user": "nobody",
      "kubelet.unit.memoryMax": 12_582_912,
    });
  });

  test("a unit that was never started shows no failed condition", () => {
    const text =
      "ExecMainPID=0\nExecMainCode=0\nId=kubelet.service\nLoadState=loaded\nActiveState=inactive\nConditionResult=no\nAssertResult=no\nConditionTimestamp=\nUnitFileState=disabled";
    const found = valuesOf(unitKubelet, text);
    expect(found).toMatchObject({ "kubelet.unit.neverStarted": true, "kubelet.unit.file": "disabled" });
    expect(found).not.toHaveProperty("kubelet.unit.condition");
  });

  test("a condition that failed shows with the time it was checked", () => {
    const text =
      "Id=kubelet.service\nLoadState=loaded\nActiveState=inactive\nConditionResult=no\nConditionTimestamp=Sat 2026-11-21 02:11:02 UTC";
    expect(valuesOf(unitKubelet, text)).toMatchObject({ "kubelet.unit.condition": false });
  });

  test.each([
    [
      "k3s-agent.service",
      "Id=kubelet.service\nLoadState=not-found\nActiveState=inactive\n\nId=k3s-agent.service\nLoadState=loaded\nActiveState=active",
    ],
    [
      "kubelet.service",
      "Id=kubelet.service\nLoadState=masked\nActiveState=inactive\n\nId=k3s.service\nLoadState=not-found\nActiveState=inactive",
    ],
    [
      "k3s.service",
      "Id=kubelet.service\nLoadState=loaded\nActiveState=inactive\nUnitFileState=disabled\n\nId=k3s.service\nLoadState=loaded\nActiveState=active",
    ],
  ])("takes %s", (name, text) => {
    expect(valuesOf(unitKubelet, text)["kubelet.unit.name"]).toBe(name);
  });

  test("a single property is the asked unit's", () => {
    expect(
      valuesOf(unitKubelet, "ActiveState=failed", { asked: ["systemctl show kubelet -p ActiveState"] }),
    ).toMatchObject({
      "kubelet.unit.name": "kubelet.service",
      "kubelet.unit.active": "failed",
    });
  });
});

describe("systemctl status", () => {
  test("reads the same facts", () => {
    expect(valuesOf(unitKubelet, status)).toMatchObject({
      "kubelet.unit.load": "loaded",
      "kubelet.unit.active": "activating",
      "kubelet.unit.sub": "auto-restart",
      "kubelet.unit.file": "enabled",
      "kubelet.unit.result": "signal",
      "kubelet.unit.exitSignal": 9,
      "kubelet.unit.since": "2026-11-21T02:53:41Z",
      "kubelet.unit.fragment": "/etc/systemd/system/kubelet.service",
      "kubelet.unit.dropIns": [
        "/etc/systemd/system/kubelet.service.d/50-memory.conf",
        "/etc/systemd/system/kubelet.service.d/60-more.conf",
      ],
    });
  });

  test("its last lines are the kubelet's log", () => {
    const { logs } = unitKubelet.read(value(status), nothingKnown);
    expect(logs?.kubelet).toContain("Main process exited");
  });

  test.each([
    [
      "masked",
      "○ kubelet.service\n     Loaded: masked (Reason: Unit kubelet.service is masked.)\n     Active: inactive (dead)",
      { "kubelet.unit.load": "masked", "kubelet.unit.file": "masked", "kubelet.unit.neverStarted": true },
    ],
    ["unknown", "Unit kubelet.service could not be found.", { "kubelet.unit.load": "not-found" }],
    [
      "exited",
      "● kubelet.service - x\n   Loaded: loaded (/usr/lib/systemd/system/kubelet.service; enabled; vendor preset: disabled)\n   Active: activating (auto-restart) (Result: exit-code) since Thu 2022-06-02 18:42:33 IST; 9s ago\n Main PID: 18926 (code=exited, status=1/FAILURE)",
      { "kubelet.unit.exitCode": 1, "kubelet.unit.result": "exit-code" },
    ],
    [
      "condition",
      "● kubelet.service - x\n   Loaded: loaded (/x; enabled)\n   Active: inactive (dead)\nCondition: start condition failed at Sat 2026-11-21 02:11:02 UTC; 7s ago",
      { "kubelet.unit.condition": false },
    ],
  ])("%s", (_, text, found) => {
    expect(valuesOf(unitKubelet, text)).toMatchObject(found);
  });

  test("a zone name that is not unique gives no time", () => {
    const text =
      "● kubelet.service - x\n   Loaded: loaded (/x; enabled)\n   Active: active (running) since Thu 2022-06-02 18:42:33 IST; 9s ago";
    expect(valuesOf(unitKubelet, text)).not.toHaveProperty("kubelet.unit.since");
  });
});

test("is-active answers one word", () => {
  expect(valuesOf(unitKubelet, "inactive\n[exit 3]", { asked: ["systemctl is-active kubelet"] })).toMatchObject({
    "kubelet.unit.active": "inactive",
  });
});

test.each([
  [["systemctl", "show", "kubelet"], true],
  [["systemctl", "--no-pager", "status", "kubelet.service", "containerd"], true],
  [["systemctl", "status", "containerd"], false],
  [["systemctl", "stop", "kubelet"], false],
])("recognises %j: %s", (words, known) => {
  expect(unitKubelet.recognises?.(words, "")).toBe(known);
});
