import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown, valuesOf } from "../parse/testing.ts";
import { nodeDescribe } from "./node-describe.ts";

/** kubectl 1.29. */
const pressure =
  "  DiskPressure     True    Tue, 18 Oct 2016 02:09:49 -0400   Tue, 18 Oct 2016 02:05:38 -0400   KubeletHasDiskPressure       kubelet has disk pressure";
const ready =
  "  Ready            False   Tue, 18 Oct 2016 02:09:49 -0400   Tue, 18 Oct 2016 02:06:38 -0400   KubeletNotReady              container runtime is down";

test("reads the table of conditions", () => {
  const text = `Name:  n1\nConditions:\n  Type   Status  LastHeartbeatTime  LastTransitionTime  Reason  Message\n  ----   ------\n${pressure}\n${ready}\nAddresses:`;
  expect(valuesOf(nodeDescribe, text)).toMatchObject({
    "node.ready": "False",
    "node.readyReason": "KubeletNotReady",
    "node.readyMessage": "container runtime is down",
    "node.readySince": "2016-10-18T06:06:38Z",
    "node.heartbeat": "2016-10-18T06:09:49Z",
  });
});

test("one line of it is a log line, and no list of all conditions", () => {
  const readings = nodeDescribe.read(value(pressure), nothingKnown);
  expect(readings.facts).toBeUndefined();
  expect(readings.logs?.conditions).toBe(
    "2016-10-18T06:05:38Z DiskPressure=True KubeletHasDiskPressure: kubelet has disk pressure",
  );
});

test("events are events, and what is no table is text", () => {
  const text = `Taints:  node.kubernetes.io/unreachable:NoExecute\nEvents:\n  Type     Reason   Age  From  Message\n  ----     ------   ---  ----  -------\n  Warning  SystemOOM  3m (x2 over 1h)  kubelet  System OOM encountered\n`;
  const readings = nodeDescribe.read(value(text), nothingKnown);
  expect(readings.logs?.events).toBe("  Warning  SystemOOM  3m (x2 over 1h)  kubelet  System OOM encountered");
  expect(readings.logs?.other).toContain("node.kubernetes.io/unreachable:NoExecute");
  expect(readings.logs?.other).not.toContain("SystemOOM");
  expect(readings.logs?.conditions).toBeUndefined();
});
