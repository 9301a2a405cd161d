import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { kubeletFiles } from "./kubelet-files.ts";

const { via } = kubeletFiles;
const ask = via.source === "ssh" && typeof via.argv === "function" ? via.argv : () => null;
const asked = ask(new Map()) ?? [];

/** coreutils 9.1, kubelet 1.34. */
const sample = value(
  `/usr/bin/kubelet|regular file|83873954|755|root:root|1795266698
/var/lib/kubelet/config.yaml|regular file|537|644|root:root|1795268427
/etc/kubernetes/kubelet.conf|regular file|476|600|root:root|1795268428`,
  { stderr: "stat: cannot statx '/etc/kubernetes/bootstrap-kubelet.conf': No such file or directory", exitCode: 1 },
);

test("reads which of the kubelet's files are there", () => {
  expect(valuesOf(kubeletFiles, sample, { asked })).toMatchObject({
    "kubelet.binary.exists": true,
    "kubelet.binary.executable": true,
    "kubelet.binary.size": 83_873_954,
    "kubelet.config.changed": "2026-11-21T13:40:27Z",
    "kubeconfig.changed": "2026-11-21T13:40:28Z",
    "kubeconfig.bootstrapExists": false,
  });
});

test.each([
  [
    "not executable",
    value("/usr/bin/kubelet|regular file|10|644|root:root|1795266698"),
    { "kubelet.binary.exists": true, "kubelet.binary.executable": false },
  ],
  [
    "missing",
    value("", { stderr: "stat: cannot statx '/usr/bin/kubelet': No such file or directory" }),
    { "kubelet.binary.exists": false },
  ],
])("a kubelet that is %s", (_, answer, found) => {
  expect(valuesOf(kubeletFiles, answer, { asked })).toMatchObject(found);
});

test("what cannot be looked at is not missing", () => {
  expect(
    valuesOf(kubeletFiles, value("", { stderr: "stat: cannot statx '/usr/bin/kubelet': Permission denied" }), {
      asked,
    }),
  ).toEqual({});
});

test("reads a pasted listing", () => {
  const text = "-rwxr-xr-x 1 root root 83873954 Nov 21 01:31 /usr/bin/kubelet";
  expect(valuesOf(kubeletFiles, text, { asked: ["ls -la /usr/bin/kubelet"] })).toEqual({
    "kubelet.binary.exists": true,
    "kubelet.binary.executable": true,
    "kubelet.binary.size": 83_873_954,
  });
});
