import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { kubeletApiStats } from "./kubelet-api-stats.ts";

const nodefs = { capacityBytes: 40_000_000_000, inodes: 2_600_000, inodesFree: 2_500_000 };
/** GET /stats/summary of a kubelet 1.34 with containerd; cpu, network and pods are left out. */
const summary = (more: object = {}) => ({
  node: {
    nodeName: "worker-1",
    startTime: "2026-11-21T09:12:03Z",
    memory: {
      time: "2026-11-21T12:00:03Z",
      availableBytes: 3_000_000_000,
      usageBytes: 1_900_000_000,
      workingSetBytes: 1_000_000_000,
      rssBytes: 320_000_000,
    },
    fs: { time: "2026-11-21T12:00:03Z", availableBytes: 2_000_000_000, usedBytes: 38_000_000_000, ...nodefs },
    runtime: {
      imageFs: { time: "2026-11-21T12:00:01Z", availableBytes: 2_000_000_000, usedBytes: 900_000_000, ...nodefs },
      containerFs: { time: "2026-11-21T12:00:01Z", availableBytes: 2_000_000_000, usedBytes: 100_000, ...nodefs },
    },
    rlimit: { time: "2026-11-21T12:00:06Z", maxpid: 32_768, curproc: 512 },
    ...more,
  },
  pods: [],
});

test("disk, inodes, memory and process ids, and one file system once", () => {
  const found = valuesOf(kubeletApiStats, JSON.stringify(summary()));
  expect(found).toMatchObject({
    "disk.rows": [
      { mount: "nodefs", usedPercent: 95, availableKiB: 1_953_125, role: "kubelet", serves: "kubelet runtime" },
    ],
    "inode.rows": [{ mount: "nodefs", usedPercent: 4, free: 2_500_000 }],
    "memory.totalKiB": 3_906_250,
    "memory.availablePercent": 75,
    "pids.max": 32_768,
    "pids.threads": 512,
    "pids.usedPercent": 1.6,
  });
});

test("images on a disk of their own are a row of their own", () => {
  const imageFs = { availableBytes: 1_000, capacityBytes: 100_000, inodes: 10, inodesFree: 0 };
  const found = valuesOf(kubeletApiStats, JSON.stringify(summary({ runtime: { imageFs } })));
  expect(found["disk.rows"]).toMatchObject([
    { serves: "kubelet" },
    { mount: "imagefs", serves: "runtime", usedPercent: 99 },
  ]);
  expect(found["inode.rows"]).toMatchObject([{ usedPercent: 4 }, { usedPercent: 100, free: 0 }]);
});

test("what it does not measure is left out; what is no summary says nothing", () => {
  const strange = { memory: {}, fs: { availableBytes: "many" }, runtime: 7, rlimit: { maxpid: -1, curproc: 1 } };
  expect(valuesOf(kubeletApiStats, JSON.stringify(summary(strange)))).toEqual({});
  expect(valuesOf(kubeletApiStats, "{}")).toEqual({});
  expect(valuesOf(kubeletApiStats, value(JSON.stringify(summary()), { truncated: true }))).toEqual({});
});
