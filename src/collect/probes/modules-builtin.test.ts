import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { modulesBuiltin } from "./modules-builtin.ts";

/** Linux 6.1 of Debian 12. */
const sample = "kernel/fs/ext4/ext4.ko\nkernel/net/ipv4/udp-tunnel.ko\nkernel/drivers/net/vxlan/vxlan.ko";

test("reads the list, with the names lsmod uses", () => {
  expect(valuesOf(modulesBuiltin, sample)).toEqual({ "modules.builtin": ["ext4", "udp_tunnel", "vxlan"] });
});

test("a missing or cut list says nothing", () => {
  expect(
    valuesOf(
      modulesBuiltin,
      value("", { stderr: "cat: /lib/modules/6.1/modules.builtin: No such file or directory", exitCode: 1 }),
    ),
  ).toEqual({});
  expect(valuesOf(modulesBuiltin, value(sample, { truncated: true }))).toEqual({});
});

test.each([
  ["6.1.0-18-amd64", ["cat", "/lib/modules/6.1.0-18-amd64/modules.builtin"]],
  ["../../etc/shadow", null],
])("for kernel %s asks %j", (release, argv) => {
  const { via } = modulesBuiltin;
  const ask = via.source === "ssh" && typeof via.argv === "function" ? via.argv : () => null;
  expect(ask(new Map([["kernel.version", release]]))).toEqual(argv);
});
