import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { memory } from "./memory.ts";

/** Linux 6.18. */
const meminfo = `MemTotal:       24684092 kB
MemFree:         9109504 kB
MemAvailable:   23653376 kB
SwapTotal:             0 kB
SwapFree:              0 kB`;
const found = {
  "memory.totalKiB": 24_684_092,
  "memory.availableKiB": 23_653_376,
  "memory.availablePercent": 95.8,
  "swap.totalKiB": 0,
};

test("reads /proc/meminfo", () => {
  expect(valuesOf(memory, meminfo)).toEqual(found);
});

/** procps 4.0. */
test.each([
  [
    "free -m",
    "               total        used        free      shared  buff/cache   available\nMem:           24105        1006        8896          42       14594       23099\nSwap:           1024           0        1024",
    24_683_520,
    23_653_376,
    1_048_576,
  ],
  [
    "free",
    "              total        used        free      shared  buff/cache   available\nMem:       24684092     1030144     9109504       43008    14944256    23653376\nSwap:             0           0           0",
    24_684_092,
    23_653_376,
    0,
  ],
  [
    "free -h",
    "               total        used        free      shared  buff/cache   available\nMem:            23Gi       1.0Gi       8.7Gi        42Mi        14Gi        22Gi\nSwap:             0B          0B          0B",
    24_117_248,
    23_068_672,
    0,
  ],
])("reads %s", (command, text, total, available, swap) => {
  expect(valuesOf(memory, `${text}\n[exit 0]`, { asked: [`${command}; cat /proc/swaps`] })).toMatchObject({
    "memory.totalKiB": total,
    "memory.availableKiB": available,
    "swap.totalKiB": swap,
  });
});

test("an old kernel without MemAvailable leaves it out", () => {
  expect(valuesOf(memory, "MemTotal: 1024 kB\nMemFree: 512 kB")).toEqual({ "memory.totalKiB": 1024 });
});
