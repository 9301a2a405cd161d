import { describe, expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { cniConfig } from "./cni-config.ts";

/** The lab's conflist, shortened. */
const conflist = `{
 "cniVersion": "0.4.0",
 "name": "lab",
 "plugins": [
  { "type": "bridge", "bridge": "cni0", "ipam": { "type": "host-local" } },
  { "type": "portmap", "capabilities": { "portMappings": true } }
 ]
}`;
const grepped = (file: string, content: string) =>
  content
    .split("\n")
    .map((line) => `/etc/cni/net.d/${file}:${line}`)
    .join("\n");
const loaded = {
  "cni.valid": true,
  "cni.error": null,
  "cni.name": "lab",
  "cni.version": "0.4.0",
  "cni.types": ["bridge", "host-local", "portmap"],
};

test("reads the first file by name", () => {
  const text = `${grepped("99-other.conf", '{"type":"x"}')}\n${grepped("10-lab.conflist", conflist)}`;
  expect(valuesOf(cniConfig, text)).toEqual({
    ...loaded,
    "cni.confDir": "/etc/cni/net.d",
    "cni.configFile": "/etc/cni/net.d/10-lab.conflist",
  });
});

describe("a file that cannot be loaded", () => {
  test.each([
    [
      "a missing comma",
      '{\n  "name": "cbr0",\n  "type": "flannel",\n  "delegate": {\n    "isDefaultGateway": true\n    "cniVersion": "0.2.0"\n  }\n}',
    ],
    ["no plugins", '{"name":"x","plugins":[]}'],
    ["no type", '{"name":"x","cniVersion":"0.3.1"}'],
    ["not JSON at all", "hello"],
  ])("%s", (_, content) => {
    const found = valuesOf(cniConfig, grepped("10-flannel.conf", content));
    expect(found).toMatchObject({ "cni.valid": false, "cni.error": expect.stringContaining("10-flannel.conf") });
  });
});

test("cat of one file names none", () => {
  const asked = ["head -c 4000 /etc/cni/net.d/*"];
  const found = valuesOf(cniConfig, `${conflist}[exit 0]`, { asked });
  expect(found).toEqual({ ...loaded, "cni.confDir": "/etc/cni/net.d" });
});

test("a file with its plugin's delegate needs that plugin too", () => {
  expect(
    valuesOf(cniConfig, grepped("10-f.conf", '{"type":"flannel","delegate":{"type":"bridge"}}'))["cni.types"],
  ).toEqual(["flannel", "bridge"]);
});

test("a missing folder says nothing here", () => {
  expect(
    valuesOf(cniConfig, value("", { stderr: "grep: /etc/cni/net.d: No such file or directory", exitCode: 2 })),
  ).toEqual({});
});
