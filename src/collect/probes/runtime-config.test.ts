import { describe, expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { runtimeConfig } from "./runtime-config.ts";

const path = "/etc/containerd/config.toml";
const asked = ["head", "-v", "-c", "131072", path];
const shown = (content: string) => value(`==> ${path} <==\n${content}`);

/** containerd 1.6 and 1.7. */
const two = `version = 2
imports = ["/etc/containerd/conf.d/*.toml"]
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "lab/pause:1"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  SystemdCgroup = true
[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = "/usr/lib/cni"`;
/** containerd 2.1 splits the plugin in two. */
const three = `version = 3
[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = "registry.k8s.io/pause:3.10"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
  SystemdCgroup = false
[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = ["/opt/a/bin"]
  conf_dir = "/etc/a"`;
/** containerd 1.2, no version. */
const one = `[plugins.cri]
  systemd_cgroup = true
  [plugins.cri.cni]
    conf_dir = "/etc/one"`;

test.each([
  [
    "version 2",
    two,
    {
      "containerd.config.version": 2,
      "containerd.systemdCgroup": true,
      "containerd.cniBinDir": "/usr/lib/cni",
      "containerd.cniConfDir": "/etc/cni/net.d",
      "containerd.sandboxImage": "lab/pause:1",
      "containerd.imports": ["/etc/containerd/conf.d/*.toml"],
      "containerd.criDisabled": false,
    },
  ],
  [
    "version 3",
    three,
    {
      "containerd.config.version": 3,
      "containerd.systemdCgroup": false,
      "containerd.cniBinDir": "/opt/a/bin",
      "containerd.cniConfDir": "/etc/a",
      "containerd.sandboxImage": "registry.k8s.io/pause:3.10",
    },
  ],
  [
    "version 1",
    one,
    { "containerd.config.version": null, "containerd.systemdCgroup": true, "containerd.cniConfDir": "/etc/one" },
  ],
  [
    "docker's package",
    'disabled_plugins = ["cri"]',
    { "containerd.disabledPlugins": ["cri"], "containerd.criDisabled": true, "containerd.systemdCgroup": null },
  ],
])("reads %s", (_, content, found) => {
  expect(valuesOf(runtimeConfig, shown(content), { asked })).toMatchObject({
    "containerd.config.valid": true,
    ...found,
  });
});

describe("a file that cannot be read", () => {
  test("curly quotes", () => {
    const found = valuesOf(runtimeConfig, shown("disabled_plugins = [“cri”]"), { asked });
    expect(found).toMatchObject({ "containerd.config.exists": true, "containerd.config.valid": false });
    expect(found).not.toHaveProperty("containerd.criDisabled");
  });

  test("other text pasted under a cat proves nothing", () => {
    const found = valuesOf(runtimeConfig, "● containerd.service - x", { asked: [`cat ${path}`] });
    expect(found).not.toHaveProperty("containerd.config.valid");
  });

  test("a missing file means containerd's defaults", () => {
    const gone = value("", {
      stderr: `head: cannot open '${path}' for reading: No such file or directory`,
      exitCode: 1,
    });
    expect(valuesOf(runtimeConfig, gone, { asked })).toMatchObject({
      "containerd.config.exists": false,
      "containerd.criDisabled": false,
      "containerd.cniBinDir": "/opt/cni/bin",
    });
  });
});

test("a distribution's own containerd has its own file", () => {
  const { via } = runtimeConfig;
  const ask = via.source === "ssh" && typeof via.argv === "function" ? via.argv : () => null;
  expect(ask(new Map())?.at(-1)).toBe(path);
  expect(ask(new Map([["kubelet.unit.name", "rke2-agent.service"]]))?.at(-1)).toContain("/rke2/");
});
