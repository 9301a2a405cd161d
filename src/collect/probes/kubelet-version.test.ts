import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { kubeletVersion } from "./kubelet-version.ts";

test.each(["v1.34.4", "v1.18.6+k3s1", "v1.29.0-eks-5e0fdde"])("%s", (version) => {
  expect(valuesOf(kubeletVersion, `Kubernetes ${version}\n[exit 0]`)).toEqual({ "kubelet.version": version });
});

test("a binary that cannot be run says nothing", () => {
  expect(
    valuesOf(
      kubeletVersion,
      value("", { stderr: "bash: /usr/bin/kubelet: cannot execute binary file: Exec format error", exitCode: 126 }),
    ),
  ).toEqual({});
});

test.each([
  ["/usr/local/bin/kubelet", "/usr/local/bin/kubelet"],
  ["/usr/local/bin/k3s", "kubelet"],
  ["/tmp/x;reboot/kubelet", "kubelet"],
])("for %s runs %s", (binary, run) => {
  const { via } = kubeletVersion;
  const ask = via.source === "ssh" && typeof via.argv === "function" ? via.argv : () => null;
  expect(ask(new Map([["kubelet.binary", binary]]))).toEqual([run, "--version"]);
});
