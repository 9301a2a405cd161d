import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { swap } from "./swap.ts";

/** Linux 6.18. */
const head = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority";

test.each([
  ["none", head, { "swap.on": false, "swap.devices": [] }],
  [
    "a partition",
    `${head}\n/dev/sda2                               partition\t1048572\t\t0\t\t-2`,
    { "swap.on": true, "swap.devices": ["/dev/sda2"] },
  ],
  [
    "swapon",
    "NAME      TYPE SIZE USED PRIO\n/swap.img file   2G   0B   -2",
    { "swap.on": true, "swap.devices": ["/swap.img"] },
  ],
  ["free without", "Mem: 1 1 1\nSwap:             0           0           0", { "swap.on": false, "swap.devices": [] }],
  ["free with", "Mem: 1 1 1\nSwap:          2047           0        2047", { "swap.on": true }],
  ["nothing", "", {}],
])("%s", (_, text, found) => {
  expect(valuesOf(swap, text)).toEqual(found);
});
