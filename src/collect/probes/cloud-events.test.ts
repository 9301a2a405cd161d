import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { cloudEvents } from "./cloud-events.ts";

/** API_DescribeInstanceStatus, its second example, with dates. */
const ec2 = `<DescribeInstanceStatusResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>3be1508e-c444-4fef-89cc-0b1223c4f02fEXAMPLE</requestId>
  <instanceStatusSet><item>
    <instanceId>i-1234567890abcdef0</instanceId>
    <availabilityZone>us-east-1d</availabilityZone>
    <instanceState><code>16</code><name>running</name></instanceState>
    <systemStatus><status>impaired</status><details><item>
      <name>reachability</name><status>failed</status><impairedSince>2026-11-21T10:00:00.000Z</impairedSince>
    </item></details></systemStatus>
    <instanceStatus><status>impaired</status></instanceStatus>
    <attachedEbsStatus><status>ok</status></attachedEbsStatus>
    <eventsSet>
      <item><code>instance-retirement</code><description>The instance is running on degraded hardware</description>
        <notBefore>2026-11-21T09:00:00.000Z</notBefore></item>
      <item><code>system-reboot</code><description>[Completed] scheduled reboot</description>
        <notBefore>2026-11-19T09:00:00.000Z</notBefore><notAfter>2026-11-19T11:00:00.000Z</notAfter></item>
      <item><code>system-maintenance</code><description>scheduled maintenance</description>
        <notBefore>2026-12-01T09:00:00.000Z</notBefore></item>
    </eventsSet>
  </item></instanceStatusSet>
</DescribeInstanceStatusResponse>`;

test("EC2's checks and events; what began before now is under way", () => {
  const found = valuesOf(cloudEvents, ec2, { at: "2026-11-21T12:00:00Z" });
  expect(found).toMatchObject({
    "cloud.check.system": "impaired",
    "cloud.check.instance": "impaired",
    "cloud.check.disks": "ok",
  });
  expect(found["cloud.maintenance.rows"]).toMatchObject([
    { what: "instance-retirement", state: "under-way", from: "2026-11-21T09:00:00Z", until: null },
    { what: "system-reboot", state: "over", until: "2026-11-19T11:00:00Z" },
    { what: "system-maintenance", state: "announced" },
  ]);
});

/** Compute Engine's zone operations: https://docs.cloud.google.com/compute/docs/instances/preemptible */
const operation = (operationType: string, more = {}) => ({
  operationType,
  status: "DONE",
  user: "system@google.com",
  startTime: "2026-11-21T03:00:00.000-08:00",
  endTime: "2026-11-21T03:00:01.000-08:00",
  ...more,
});

test("Compute Engine's own operations, not its users'", () => {
  const items = [
    operation("compute.instances.hostError", { statusMessage: "Instance terminated by Compute Engine." }),
    operation("compute.instances.migrateOnHostMaintenance", { status: "RUNNING", endTime: undefined }),
    operation("setMetadata", { user: "ops@example.com" }),
  ];
  expect(valuesOf(cloudEvents, JSON.stringify({ items }))).toMatchObject({
    "cloud.maintenance.rows": [
      { what: "hostError", state: "over", from: "2026-11-21T11:00:00Z", until: "2026-11-21T11:00:01Z" },
      { what: "migrateOnHostMaintenance", state: "under-way", until: null },
    ],
    "cloud.preempted": false,
  });
  expect(valuesOf(cloudEvents, "{}")).toEqual({ "cloud.maintenance.rows": [], "cloud.preempted": false });
});

test.each([
  [["compute.instances.preempted", "start"], true],
  [["start", "compute.instances.preempted"], false],
  [["stop"], false],
])("of %j, newest first, preempted is %s", (types, preempted) => {
  const items = types.map((type) => operation(type));
  expect(valuesOf(cloudEvents, JSON.stringify({ items }))["cloud.preempted"]).toBe(preempted);
});

/** Resource Health, availabilityStatuses/current. */
const health = (availabilityState: string, reasonType: string) =>
  JSON.stringify({
    properties: { availabilityState, reasonType, title: "x", summary: "y", occuredTime: "2026-11-21T11:00:00Z" },
  });

test.each([
  ["Available", "", "ok", 0],
  ["Unavailable", "Unplanned", "impaired", 1],
  ["Degraded", "Planned", "impaired", 1],
  ["Unavailable", "UserInitiated", "ok", 0],
])("Azure: %s by %s", (state, reason, system, rows) => {
  const found = valuesOf(cloudEvents, health(state, reason));
  expect(found["cloud.check.system"]).toBe(system);
  expect(found["cloud.maintenance.rows"]).toHaveLength(rows);
});
