import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { labCa } from "../parse/testing-certificate.ts";
import { clusterCa } from "./cluster-ca.ts";

const asked = ["cat", "/etc/kubernetes/pki/ca.crt"];

test("reads the CA's certificate", () => {
  expect(valuesOf(clusterCa, labCa, { asked })).toEqual({
    "ca.exists": true,
    "ca.fingerprint": "0E:90:08:B9:6B:5F:BE:14:3C:0D:9F:09:7E:B4:71:B4:FB:1D:09:22:BD:A1:3B:EE:20:CC:6E:19:E8:E5:ED:8D",
    "ca.notAfter": "2036-11-18T13:40:22Z",
    "ca.subject": "lab-ca",
  });
});

test("a PEM that was pasted beside another certificate is not taken for the CA", () => {
  const text = `subject=CN = kubernetes\nnotAfter=Nov 17 23:31:00 2024 GMT\n${labCa}`;
  expect(valuesOf(clusterCa, text, { asked: ["openssl x509 -in /etc/kubernetes/pki/apiserver.crt -text"] })).toEqual(
    {},
  );
});

test("reads openssl's words for a CA file", () => {
  const text = "subject=CN = lab-ca\nissuer=CN = lab-ca\nnotAfter=Nov 18 01:34:26 2036 GMT";
  expect(valuesOf(clusterCa, text, { asked: ["openssl x509 -in /etc/kubernetes/pki/ca.crt -noout"] })).toEqual({
    "ca.exists": true,
    "ca.notAfter": "2036-11-18T01:34:26Z",
    "ca.subject": "lab-ca",
  });
});

test("a damaged PEM says nothing, a missing file that it is missing", () => {
  expect(valuesOf(clusterCa, labCa.replace(/MII/, "AAA"), { asked })).toEqual({});
  const gone = value("", { stderr: "cat: /etc/kubernetes/pki/ca.crt: No such file or directory", exitCode: 1 });
  expect(valuesOf(clusterCa, gone, { asked })).toMatchObject({ "ca.exists": false });
});
