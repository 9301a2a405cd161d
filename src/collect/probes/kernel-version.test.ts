import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { kernelVersion } from "./kernel-version.ts";

test.each([
  [
    "the files",
    '/proc/sys/kernel/osrelease:6.18.44-fc-v657\n/proc/sys/kernel/arch:x86_64\n/etc/os-release:PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n/etc/os-release:ID=debian',
  ],
  [
    "uname -a",
    'Linux n3 6.18.44-fc-v657 #1 SMP PREEMPT_DYNAMIC @0 x86_64 GNU/Linux\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"',
  ],
  ["uname -srm", 'Linux 6.18.44-fc-v657 x86_64\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"'],
])("reads %s", (_, text) => {
  expect(valuesOf(kernelVersion, text)).toEqual({
    "kernel.version": "6.18.44-fc-v657",
    "os.name": "Debian GNU/Linux 12 (bookworm)",
    architecture: "x86_64",
  });
});
