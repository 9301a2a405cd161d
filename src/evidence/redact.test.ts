import { describe, expect, test } from "@jest/globals";
import { redact, redactCounted } from "./redact.ts";

describe("secrets are taken out where evidence enters", () => {
  test.each<[string, string]>([
    ["Authorization: Bearer abcdefghijklmnop1234", "abcdefghijklmnop1234"],
    ["token: eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlIn0.c2lnbmF0dXJl", "eyJhbGciOiJSUzI1NiJ9"],
    ['"client-key-data": "LS0tLS1CRUdJTiBSU0E"', "LS0tLS1CRUdJTiBSU0E"],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----", "MIIEow"],
    ["-----BEGIN EC PRIVATE KEY-----\nMHcCAQ cut off here", "MHcCAQ"],
    ["kubeadm join --token abcdef.0123456789abcdef", "0123456789abcdef"],
    ["AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG", "wJalrXUtnFEMI"],
    ["HTTP_PROXY=http://user:hunter2@proxy:3128", "hunter2"],
  ])("%s", (text, secret) => {
    expect(redact(text)).not.toContain(secret);
  });

  test.each([
    "kubelet[77]: E1121 Unable to register node with API server",
    "sha256:1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c5b6a7988",
    "unauthorized: token expired",
    "image registry.k8s.io/pause:3.9",
  ])("leaves as it is: %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  test("masking twice changes nothing more, and says what was masked", () => {
    const once = redactCounted("password: hunter22 and Bearer abcdefghijklmnop1234");
    expect(redact(once.text)).toBe(once.text);
    expect(once.masked).toEqual({ "bearer-token": 1, "kubeconfig-user": 1 });
  });
});
