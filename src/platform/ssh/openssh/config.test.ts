import { expect, test } from "@jest/globals";
import { configText } from "./config.ts";

const settings = {
  addressType: "InternalIP",
  identityFile: "/k/my id",
  knownHostsFile: "/k/%known",
  agent: "/a",
} as const;
const enforced = { settings, agentSocket: undefined, certificateFile: undefined, includes: ["/home/ops/.ssh/config"] };
const lines = (more: Partial<Parameters<typeof configText>[0]> = {}) =>
  configText({ ...enforced, ...more }).split("\n");

test("what is enforced stands before what is included, for the first value wins", () => {
  const text = lines();
  const include = text.indexOf('Include "/home/ops/.ssh/config"');
  for (const line of [
    "BatchMode yes",
    "StrictHostKeyChecking yes",
    "NoHostAuthenticationForLocalhost no",
    "ControlMaster no",
  ]) {
    expect(text.slice(0, include)).toContain(line);
  }
});

test("paths keep their blanks and their percent signs", () => {
  expect(lines()).toEqual(
    expect.arrayContaining(['IdentityFile "/k/my id"', 'UserKnownHostsFile "/k/%%known"', 'IdentityAgent "/a"']),
  );
});

test("a locked key comes from our own agent only", () => {
  const text = lines({ agentSocket: "/tmp/nw/a", certificateFile: "/c" });
  expect(text).toEqual(expect.arrayContaining(['IdentityAgent "/tmp/nw/a"', 'CertificateFile "/c"']));
  expect(text.some((line) => line.startsWith("IdentityFile"))).toBe(false);
});

test("without an agent none is asked", () => {
  expect(lines({ settings: { addressType: "InternalIP" } })).toContain('IdentityAgent "none"');
});
