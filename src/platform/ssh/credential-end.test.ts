import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { validityOf } from "./certificate.ts";
import { sshCertificates } from "./credential-end.ts";

/** One that the tests of certificates read too. */
const certificate =
  /"(ssh-ed25519-cert-v01@openssh\.com [A-Za-z0-9+/=]+)/.exec(
    readFileSync(new URL("./certificate.test.ts", import.meta.url), "utf8"),
  )?.[1] ?? "";
const addressType = "InternalIP";
let dir = "";
let key = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "node-why-certificates-"));
  key = join(dir, "id");
  writeFileSync(`${key}-cert.pub`, certificate);
});
afterAll(() => rmSync(dir, { recursive: true }));

test("the certificate beside the key, or the one that is named", async () => {
  const endsAt = validityOf(certificate)?.to;
  expect(endsAt).toBeGreaterThan(0);
  expect(await sshCertificates({ addressType, identityFile: key })).toMatchObject([{ endsAt }]);
  expect(await sshCertificates({ addressType, certificateFile: `${key}-cert.pub` })).toMatchObject([{ endsAt }]);
});

test("no certificate, or one that a program fetches, ends nothing", async () => {
  expect(await sshCertificates({ addressType, identityFile: join(dir, "other") })).toEqual([]);
  expect(await sshCertificates({ addressType, identityFile: key, credential: { argv: ["fetch"] } })).toEqual([]);
});
