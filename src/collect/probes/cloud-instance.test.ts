import { describe, expect, test } from "@jest/globals";
import { absent, unavailable, value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { cloudInstance } from "./cloud-instance.ts";

/** API_DescribeInstances, cut to what is read; the reason's words are those of API_StateReason. */
const ec2 = (
  name: string,
  reason: string,
  code: string,
  message: string,
  more = "",
) => `<?xml version="1.0" encoding="UTF-8"?>
<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>8f7724cf-496f-496e-8fe3-example</requestId>
  <reservationSet><item>
    <reservationId>r-1234567890abcdef0</reservationId>
    <groupSet/>
    <instancesSet><item>
      <instanceId>i-1234567890abcdef0</instanceId>
      <instanceState><code>80</code><name>${name}</name></instanceState>
      <reason>${reason}</reason>
      <launchTime>2026-11-18T06:12:33.000Z</launchTime>${more}
      <stateReason><code>${code}</code><message>${message}</message></stateReason>
    </item></instancesSet>
  </item></reservationSet>
</DescribeInstancesResponse>`;

describe("EC2", () => {
  test("one that somebody stopped", () => {
    const message = "Client.UserInitiatedShutdown: User initiated shutdown";
    const text = ec2("stopped", "User initiated (2026-11-20 23:01:07 GMT)", "Client.UserInitiatedShutdown", message);
    expect(valuesOf(cloudInstance, text)).toEqual({
      "cloud.instance.state": "stopped",
      "cloud.instance.stateReason": message,
      "cloud.instance.launched": "2026-11-18T06:12:33Z",
      "cloud.instance.stopped": "2026-11-20T23:01:07Z",
      "cloud.instance.spot": false,
      "cloud.instance.preempted": false,
    });
  });

  test("a spot instance that was taken back", () => {
    const message = "Server.SpotInstanceTermination: Spot instance termination";
    const spot = "<instanceLifecycle>spot</instanceLifecycle>";
    expect(
      valuesOf(cloudInstance, ec2("terminated", "", "Server.SpotInstanceTermination", message, spot)),
    ).toMatchObject({
      "cloud.instance.state": "terminated",
      "cloud.instance.spot": true,
      "cloud.instance.preempted": true,
    });
  });
});

describe("Compute Engine", () => {
  test.each([
    ["RUNNING", "running"],
    ["TERMINATED", "stopped"],
    ["SUSPENDED", "suspended"],
    ["STAGING", "starting"],
    ["SOMETHING_NEW", "unknown"],
  ])("%s is %s", (status, state) => {
    const text = JSON.stringify({
      status,
      lastStartTimestamp: "2026-11-20T03:10:11.204-08:00",
      scheduling: { provisioningModel: "SPOT", preemptible: true },
    });
    expect(valuesOf(cloudInstance, text)).toMatchObject({
      "cloud.instance.state": state,
      "cloud.instance.launched": "2026-11-20T11:10:11.204Z",
      "cloud.instance.spot": true,
    });
  });
});

describe("Azure and Redfish", () => {
  test("a machine that was deallocated", () => {
    const statuses = [
      {
        code: "ProvisioningState/succeeded",
        level: "Info",
        displayStatus: "Provisioning succeeded",
        time: "2026-11-20T08:00:00Z",
      },
      { code: "PowerState/deallocated", level: "Info", displayStatus: "VM deallocated" },
    ];
    expect(valuesOf(cloudInstance, JSON.stringify({ vmAgent: {}, statuses }))).toMatchObject({
      "cloud.instance.state": "stopped",
    });
  });

  test("a server whose power is off and whose health is critical", () => {
    // DSP2043, public-rackmount1: redfish/v1/Systems/437XR1138R2
    const system = {
      "@odata.type": "#ComputerSystem.v1_20_1.ComputerSystem",
      PowerState: "Off",
      Status: { State: "Enabled", Health: "OK", HealthRollup: "Critical" },
    };
    expect(valuesOf(cloudInstance, JSON.stringify(system))).toMatchObject({
      "cloud.instance.state": "stopped",
      "cloud.instance.health": "Critical",
    });
  });
});

test("gone is an answer; anything else says nothing", () => {
  expect(valuesOf(cloudInstance, absent("InvalidInstanceID.NotFound"))).toEqual({ "cloud.instance.state": "gone" });
  for (const answer of ["<html>", "{}", '{"status":7}', '{"statuses":[]}'])
    expect(valuesOf(cloudInstance, answer)).toEqual({});
  expect(valuesOf(cloudInstance, value('{"status":"RUNNING"}', { truncated: true }))).toEqual({});
  expect(valuesOf(cloudInstance, unavailable("forbidden", "x"))).toEqual({});
});
