import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { resolvConf } from "./resolv-conf.ts";

const path = "/run/systemd/resolve/resolv.conf";
const asked = ["head", "-v", "-c", "16384", path, "/etc/resolv.conf"];

test("reads the name servers, and whether the kubelet's file is there", () => {
  const text = `==> ${path} <==\nnameserver 10.0.0.2\n\n==> /etc/resolv.conf <==\n# a comment\nnameserver 10.77.0.1\nnameserver fd00::53\nsearch x`;
  expect(valuesOf(resolvConf, text, { asked })).toEqual({
    "dns.nameservers": ["10.77.0.1", "fd00::53"],
    "resolvconf.exists": true,
    "resolvconf.path": path,
  });
});

test("a missing file is known to be missing", () => {
  const answer = value("==> /etc/resolv.conf <==\nnameserver 10.77.0.1", {
    stderr: `head: cannot open '${path}' for reading: No such file or directory`,
    exitCode: 1,
  });
  expect(valuesOf(resolvConf, answer, { asked })).toMatchObject({
    "resolvconf.exists": false,
    "resolvconf.path": path,
  });
});

test("pasted beside other files it proves no absence", () => {
  const text = "nameserver 10.77.0.1\n127.0.0.1 localhost\n10.77.0.13 n3\n[exit 0]";
  expect(valuesOf(resolvConf, text, { asked: ["cat /etc/resolv.conf /etc/hosts"] })).toEqual({
    "dns.nameservers": ["10.77.0.1"],
  });
});
