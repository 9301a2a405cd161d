import type { Credential } from "../../usecases/doctor/ports.ts";
import { validityOf } from "./certificate.ts";
import { read } from "./common.ts";
import type { SshSettings } from "./settings.ts";

/** When the user certificates of a login end. What a program of the operator's fetches is renewed by that. */
export async function sshCertificates({
  certificateFile,
  identityFile,
  credential,
}: SshSettings): Promise<readonly Credential[]> {
  if (credential !== undefined) return [];
  const beside = identityFile === undefined ? [] : [`${identityFile}-cert.pub`];
  const files = certificateFile === undefined ? beside : [certificateFile];
  const found = await Promise.all(
    files.map(async (file) => {
      const validity = validityOf((await read(file))?.toString("latin1") ?? "");
      return validity === null
        ? []
        : [{ what: `the SSH certificate ${file}`, endsAt: validity.to, renew: `sign ${file} anew` }];
    }),
  );
  return found.flat();
}
