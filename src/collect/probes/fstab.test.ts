import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { fstab } from "./fstab.ts";

/** Debian 12, as its installer writes it. */
const root =
  "# <file system> <mount point>   <type>  <options>       <dump>  <pass>\nUUID=5e0f /               ext4    errors=remount-ro 0       1";

test.each<[string, string, unknown]>([
  ["none", root, []],
  ["a partition", `${root}\nUUID=77aa none            swap    sw              0       0`, ["UUID=77aa"]],
  ["a file", `${root}\n/swap.img\tnone\tswap\tsw\t0\t0`, ["/swap.img"]],
  ["not at boot", `${root}\n/swap.img none swap noauto,sw 0 0`, []],
  ["commented out by hand", `${root}\n#/swap.img none swap sw 0 0`, []],
  ["unconfigured", "# UNCONFIGURED FSTAB FOR BASE SYSTEM", []],
  ["no file", "cat: /etc/fstab: No such file or directory", []],
  ["no cat", "bash: line 1: cat: command not found [exit 127]", undefined],
  ["not for us", "cat: /etc/fstab: Permission denied", undefined],
])("%s", (_, text, found) => {
  expect(valuesOf(fstab, text)["fstab.swap"]).toEqual(found);
});
