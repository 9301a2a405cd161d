import { Buffer } from "node:buffer";
import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown, valuesOf } from "../parse/testing.ts";
import { labCa } from "../parse/testing-certificate.ts";
import { kubeconfig } from "./kubeconfig.ts";

const path = "/etc/kubernetes/kubelet.conf";
const asked = ["head", "-v", "-c", "65536", path];

/** kubeadm's form; the lab writes the same as JSON. */
const sample = `apiVersion: v1
kind: Config
current-context: default
clusters:
- name: other
  cluster: {server: "https://wrong:6443"}
- name: default
  cluster:
    server: https://10.77.0.1:6443
    certificate-authority: /etc/kubernetes/pki/ca.crt
contexts:
- name: default
  context: {cluster: default, user: node}
users:
- name: node
  user:
    client-certificate: /var/lib/kubelet/pki/kubelet-client-current.pem
    client-key: /var/lib/kubelet/pki/kubelet-client-current.pem
    token: s3cr3t
`;
const shown = (content: string) => value(`==> ${path} <==\n${content}`);

test("reads the current context", () => {
  expect(valuesOf(kubeconfig, shown(sample), { asked })).toEqual({
    "kubeconfig.exists": true,
    "kubeconfig.path": path,
    "kubeconfig.valid": true,
    "kubeconfig.error": null,
    "kubeconfig.server": "https://10.77.0.1:6443",
    "kubeconfig.caPath": "/etc/kubernetes/pki/ca.crt",
    "kubeconfig.clientCertificatePath": "/var/lib/kubelet/pki/kubelet-client-current.pem",
    "kubeconfig.hasToken": true,
  });
});

test("keeps no secret", () => {
  expect(JSON.stringify(kubeconfig.read(shown(sample), { ...nothingKnown, asked }))).not.toContain("s3cr3t");
});

test("a token that was masked on its way here is a token", () => {
  const masked = sample.replace("s3cr3t", "[masked]");
  expect(valuesOf(kubeconfig, shown(masked), { asked })).toMatchObject({
    "kubeconfig.valid": true,
    "kubeconfig.hasToken": true,
  });
});

test("a certificate inside it is read without a further question", () => {
  const data = Buffer.from(labCa).toString("base64");
  const inline = sample.replace(/client-certificate: \S+/, `client-certificate-data: ${data}`);
  expect(valuesOf(kubeconfig, shown(inline), { asked })).toMatchObject({
    "clientCert.exists": true,
    "clientCert.notAfter": "2036-11-18T13:40:22Z",
  });
});

test.each([
  ["broken YAML", "apiVersion: v1\nclusters: [", /./],
  ["no cluster", "apiVersion: v1\nkind: Config\nclusters: []", /clusters/],
])("%s", (_, content, error) => {
  const found = valuesOf(kubeconfig, shown(content), { asked });
  expect(found["kubeconfig.valid"]).toBe(false);
  expect(found["kubeconfig.error"]).toMatch(error);
});

test("says that it is missing", () => {
  const gone = value("", { stderr: `head: cannot open '${path}' for reading: No such file or directory`, exitCode: 1 });
  expect(valuesOf(kubeconfig, gone, { asked })).toMatchObject({ "kubeconfig.exists": false });
});
