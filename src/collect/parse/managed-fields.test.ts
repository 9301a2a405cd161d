import { expect, test } from "@jest/globals";
import { setBy } from "./managed-fields.ts";

/** In the form of the API's documentation of server-side apply; kubectl cordon sends a patch under kubectl's own name. */
const sample = [
  { manager: "kubelet", operation: "Update", time: "2026-11-21T01:00:00Z", fieldsV1: { "f:metadata": {} } },
  {
    manager: "kubectl",
    operation: "Update",
    time: "2026-11-21T02:00:00Z",
    fieldsV1: { "f:spec": { "f:unschedulable": {} } },
  },
  {
    manager: "kube-controller-manager",
    operation: "Update",
    time: "2026-11-21T02:05:00Z",
    fieldsV1: { "f:spec": { "f:taints": {} } },
  },
];

test("tells who cordoned and who tainted", () => {
  expect(setBy(sample)).toEqual([
    { what: "cordon", manager: "kubectl", operation: "Update", at: "2026-11-21T02:00:00Z" },
    { what: "taints", manager: "kube-controller-manager", operation: "Update", at: "2026-11-21T02:05:00Z" },
  ]);
});

test("taints that are owned one by one are named", () => {
  const fieldsV1 = { "f:spec": { "f:taints": { ".": {}, 'k:{"effect":"NoSchedule","key":"a/b"}': {} } } };
  expect(setBy([{ manager: "x", operation: "Apply", time: "2026-11-21T02:00:00Z", fieldsV1 }])).toMatchObject([
    { what: "taint a/b", manager: "x" },
  ]);
});

test.each([null, 7, [], { "f:spec": 3 }])("%j says nothing", (fieldsV1) => {
  expect(setBy([{ manager: "x", operation: "Update", time: "2026-11-21T02:00:00Z", fieldsV1 }])).toEqual([]);
});
