import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { diskHealth } from "./disk-health.ts";

/** smartctl 7.3 --json=c in the form of its manual; the third disk could not be opened (seen on Debian 12). */
const sample = [
  '{"json_format_version":[1,0],"device":{"name":"/dev/sda","type":"sat"},"smart_status":{"passed":false},"ata_smart_attributes":{"table":[{"id":5,"name":"Reallocated_Sector_Ct","raw":{"value":1208}},{"id":197,"name":"Current_Pending_Sector","raw":{"value":96}},{"id":198,"raw":{"value":12}}]}}',
  '{"device":{"name":"/dev/nvme0n1","type":"nvme"},"smart_status":{"passed":true},"nvme_smart_health_information_log":{"critical_warning":0,"available_spare":100,"percentage_used":3,"media_errors":0}}',
  '{"json_format_version":[1,0],"smartctl":{"version":[7,3],"messages":[{"string":"Smartctl open device: /dev/sdb failed: No such device","severity":"error"}],"exit_status":2}}',
].join("\n");

test("reads each disk's own account", () => {
  expect(valuesOf(diskHealth, sample)["disk.healthRows"]).toEqual([
    {
      device: "/dev/sda",
      passed: false,
      reallocated: 1208,
      pending: 96,
      mediaErrors: 12,
      wearPercent: null,
      warning: null,
    },
    {
      device: "/dev/nvme0n1",
      passed: true,
      reallocated: null,
      pending: null,
      mediaErrors: 0,
      wearPercent: 3,
      warning: 0,
    },
  ]);
});

test.each(["find: ‘smartctl’: No such file or directory", '{"device":', ""])("%j tells nothing", (text) => {
  expect(valuesOf(diskHealth, text)).toEqual({});
});

test("disks that nothing waits for are left alone", () => {
  const { via } = diskHealth;
  const argv = (waits: number) =>
    via.source === "ssh" && typeof via.argv === "function" ? via.argv(new Map([["process.dState", waits]])) : [];
  expect(argv(0)).toBeNull();
  expect(argv(1)).toContain("smartctl");
});
