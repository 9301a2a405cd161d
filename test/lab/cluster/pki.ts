import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../host/run.ts";
import { apiName, etcDir, gateway, type Place, pkiDir } from "../place.ts";

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** The cluster's CA, its own certificates, the service account key, and the SSH keys of who reads and who acts. */
export async function makePki(place: Place): Promise<void> {
  const pki = pkiDir(place);
  mkdirSync(pki, { recursive: true, mode: 0o700 });
  const at = (name: string): string => join(pki, name);
  if (existsSync(at("done"))) return;
  const ca = ["openssl", "req", "-x509", ...newKey, "-days", "3650", "-subj", "/CN=lab-ca"];
  await run([...ca, "-keyout", at("ca.key"), "-out", at("ca.crt")]);
  const names = [`IP:${gateway(place)}`, "IP:127.0.0.1", "IP:10.96.0.1"];
  const dns = ["localhost", "kubernetes", "kubernetes.default", apiName].map((name) => `DNS:${name}`);
  await makeCert(place, "apiserver", "/CN=kube-apiserver", [...names, ...dns].join());
  await makeCert(place, "admin", "/O=system:masters/CN=admin");
  await makeCert(place, "kcm", "/CN=system:kube-controller-manager");
  await makeCert(place, "kubelet-client", "/O=system:masters/CN=apiserver-kubelet-client");
  await run(["openssl", "genrsa", "-out", at("sa.key"), "2048"]);
  await run(["openssl", "rsa", "-in", at("sa.key"), "-pubout", "-out", at("sa.pub")]);
  for (const who of ["id_ed25519", "acting_ed25519"]) await makeSshKey(at(who), who);
  mkdirSync(etcDir(place), { recursive: true });
  for (const who of ["admin", "kcm"]) writeKubeconfig(place, who);
  writeFileSync(at("done"), "");
}

export async function makeSshKey(file: string, comment: string): Promise<void> {
  await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file]);
}

/** A certificate of the cluster's CA for a subject like `/O=system:nodes/CN=system:node:worker-41`. */
export async function makeCert(place: Place, name: string, subject: string, altNames?: string): Promise<void> {
  const file = (ending: string): string => join(pkiDir(place), `${name}.${ending}`);
  await run(["openssl", "req", ...newKey, "-keyout", file("key"), "-out", file("csr"), "-subj", subject]);
  const alt = altNames === undefined ? "" : `subjectAltName=${altNames}\n`;
  writeFileSync(file("ext"), `extendedKeyUsage=clientAuth,serverAuth\n${alt}`);
  const ca = ["-CA", join(pkiDir(place), "ca.crt"), "-CAkey", join(pkiDir(place), "ca.key"), "-CAcreateserial"];
  const serial = ["-CAserial", file("srl")]; // one file each: three nodes are made at once
  const sign = ["openssl", "x509", "-req", "-in", file("csr"), ...ca, ...serial, "-days", "365"];
  await run([...sign, "-extfile", file("ext"), "-out", file("crt")]);
}

function writeKubeconfig(place: Place, who: string): void {
  const base64 = (file: string): string => readFileSync(join(pkiDir(place), file)).toString("base64");
  const cluster = { server: `https://${gateway(place)}:6443`, "certificate-authority-data": base64("ca.crt") };
  const user = { "client-certificate-data": base64(`${who}.crt`), "client-key-data": base64(`${who}.key`) };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "lab",
    clusters: [{ name: "lab", cluster }],
    contexts: [{ name: "lab", context: { cluster: "lab", user: who } }],
    users: [{ name: who, user }],
  };
  writeFileSync(join(etcDir(place), `${who}.conf`), JSON.stringify(config), { mode: 0o600 });
}
