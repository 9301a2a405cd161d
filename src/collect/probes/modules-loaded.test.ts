import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { modulesLoaded } from "./modules-loaded.ts";

/** Linux 6.1. */
const sample = `overlay 163840 12 - Live 0x0000000000000000
br_netfilter 32768 0 - Live 0x0000000000000000
bridge 311296 1 br_netfilter, Live 0x0000000000000000`;

test("reads /proc/modules and lsmod", () => {
  expect(valuesOf(modulesLoaded, sample)).toEqual({ "modules.loaded": ["overlay", "br_netfilter", "bridge"] });
  expect(
    valuesOf(
      modulesLoaded,
      "Module                  Size  Used by\nvxlan                 155648  0\nip6_udp_tunnel         16384  1 vxlan",
    ),
  ).toEqual({
    "modules.loaded": ["vxlan", "ip6_udp_tunnel"],
  });
});

test("a kernel that loads none, and a part of the list", () => {
  expect(
    valuesOf(modulesLoaded, value("", { stderr: "cat: /proc/modules: No such file or directory", exitCode: 1 })),
  ).toEqual({ "modules.loaded": [] });
  expect(valuesOf(modulesLoaded, sample, { asked: ["lsmod | grep br"] })).toEqual({});
});
