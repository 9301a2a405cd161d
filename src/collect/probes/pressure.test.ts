import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { pressure } from "./pressure.ts";

/** Linux 6.18. */
const sample = `/proc/pressure/cpu:some avg10=1.50 avg60=4.25 avg300=4.25 total=200449834
/proc/pressure/cpu:full avg10=0.00 avg60=0.00 avg300=0.00 total=0
/proc/pressure/memory:some avg10=0.00 avg60=0.10 avg300=0.00 total=0
/proc/pressure/memory:full avg10=0.00 avg60=0.05 avg300=0.00 total=0
/proc/pressure/io:some avg10=0.00 avg60=0.16 avg300=0.17 total=9114035
/proc/pressure/io:full avg10=0.00 avg60=0.09 avg300=0.09 total=6743508`;

test("reads the last minute", () => {
  expect(valuesOf(pressure, sample)).toEqual({
    "psi.cpuSome60": 4.25,
    "psi.memorySome60": 0.1,
    "psi.memoryFull60": 0.05,
    "psi.ioSome60": 0.16,
    "psi.ioFull60": 0.09,
  });
});

test("reads one file as it was pasted", () => {
  const text =
    "some avg10=0.00 avg60=61.20 avg300=0.17 total=9114035\nfull avg10=0.00 avg60=12.00 avg300=0.09 total=6743508";
  expect(valuesOf(pressure, text, { asked: ["cat /proc/pressure/io"] })).toEqual({
    "psi.ioSome60": 61.2,
    "psi.ioFull60": 12,
  });
});

test("a kernel without it says nothing", () => {
  expect(
    valuesOf(pressure, value("", { stderr: "grep: /proc/pressure/cpu: No such file or directory", exitCode: 2 })),
  ).toEqual({});
});
