import { expect, test } from "@jest/globals";
import { missingPrograms, packagesOf } from "./requirements.ts";

test("a host with everything lacks nothing", () => {
  expect(missingPrograms(() => true)).toEqual([]);
});

test("what is missing is named with Debian's package once; Go is nobody's to install", () => {
  const missing = missingPrograms((program) => !["go", "ssh", "ssh-keygen", "debootstrap"].includes(program));
  expect(missing).toEqual(["debootstrap", "ssh", "ssh-keygen", "go"]);
  expect(packagesOf(missing)).toEqual(["debootstrap", "openssh-client"]);
});
