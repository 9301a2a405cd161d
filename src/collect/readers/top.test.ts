import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { top } from "./top.ts";

const head = (cpu: string, memory: string, swap: string): string =>
  `top - 14:02:50 up 16:38,  1 user,  load average: 8.90, 4.11, 2.45\nTasks: 48 total,   2 running\n${cpu}\n${memory}\n${swap}\n`;

test.each([
  [
    "procps 4",
    head(
      "%Cpu(s):  4.4 us,  6.6 sy,  0.0 ni,  0.0 id, 88.3 wa,  0.2 hi,  0.3 si,  0.2 st",
      "MiB Mem :  8000.0 total,   100.3 free,  7700.2 used,    200.2 buff/cache",
      "MiB Swap:      0.0 total,      0.0 free,      0.0 used.    80.0 avail Mem ",
    ),
    {
      "memory.totalKiB": 8_192_000,
      "memory.availableKiB": 81_920,
      "memory.availablePercent": 1,
      "cpu.ioWaitPercent": 88.3,
    },
  ],
  [
    "procps 3.3, where nothing is available",
    head(
      "%Cpu(s): 1.0 us, 99.0 id, 0.0 wa",
      "KiB Mem : 1000 total, 10 free, 990 used",
      "KiB Swap: 0 total, 0 free, 0 used. 0 avail Mem",
    ),
    { "memory.totalKiB": 1000, "memory.availableKiB": 0, "memory.availablePercent": 0, "cpu.ioWaitPercent": 0 },
  ],
  [
    "an older one says nothing of memory",
    "Cpu(s):  5.0%us, 90.0%id,  3.5%wa\nMem:  16431956k total, 1k free",
    { "cpu.ioWaitPercent": 3.5 },
  ],
  ["something else", "top: failed tty get", {}],
])("%s", (_, text, expected) => expect(valuesOf(top, text)).toEqual(expected));
