import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock, SshOpener, SshSession } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { messageOf } from "../../shared/errors.ts";
import { failed, type Result } from "../../shared/result.ts";
import { validityOf } from "./certificate.ts";
import { chooseTransport } from "./choose.ts";
import { type Common, type LoginRequest, read, type Transport } from "./common.ts";
import { type Credential, type CredentialSource, credentialSource, expired } from "./credential.ts";
import { execTransport } from "./exec/transport.ts";
import { loginLimit } from "./login-limit.ts";
import { opensshTransport } from "./openssh/transport.ts";
import { restBook } from "./resting.ts";
import type { Local, SshSettings, TransportName } from "./settings.ts";
import { ssh2Transport } from "./ssh2.ts";
import { turnstile } from "./turnstile.ts";

const loginsAtOnce = 4;

const transports: Readonly<Record<TransportName, Transport>> = {
  ssh2: ssh2Transport,
  openssh: opensshTransport,
  exec: execTransport,
};

/**
 * Opens sessions for one cluster's nodes; remembers failed logins, and what hung in the kernel, as long as it lives.
 * `ends`: what becomes of a command whose connection is lost; see command-line.ts.
 */
export function sshOpener(
  settings: SshSettings,
  local: Local,
  clock: Clock,
  ends: Common["ends"] = "lifeline",
): SshOpener {
  const limit = loginLimit(clock);
  const logins = turnstile(settings.loginsAtOnce ?? loginsAtOnce);
  const common: Common = { local, clock, limit, logins, rests: restBook(), ends };
  const { credential } = settings;
  const source = credential === undefined ? null : credentialSource(credential, local, clock, read);
  return {
    open: (target, signal) =>
      prepared({ target, settings, signal }, source, common).catch((thrown: unknown) =>
        failed(unavailable("not-asked", `logging in failed: ${messageOf(thrown)}`)),
      ),
  };
}

/** With a credential that holds, where one is configured. */
async function prepared(
  request: LoginRequest,
  source: CredentialSource | null,
  common: Common,
): Promise<Result<SshSession, Unavailable>> {
  if (source === null) return opened(request, common);
  const credential = await source.get();
  if (!credential.ok) return credential;
  const { settings, certificate } = credential.value;
  const given = { ...request, settings: { ...request.settings, ...settings } };
  return certificate === undefined ? opened(given, common) : withCertificate(certificate, given, common);
}

/** A certificate is no secret, and `ssh` reads it from a file: while it logs in, it has one. */
async function withCertificate(
  certificate: NonNullable<Credential["certificate"]>,
  request: LoginRequest,
  common: Common,
): Promise<Result<SshSession, Unavailable>> {
  const folder = await mkdtemp(join(tmpdir(), "nw-"));
  try {
    const certificateFile = join(folder, "cert.pub");
    await writeFile(certificateFile, certificate, { mode: 0o600 });
    return await opened({ ...request, settings: { ...request.settings, certificateFile } }, common);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function opened(request: LoginRequest, common: Common): Promise<Result<SshSession, Unavailable>> {
  const { settings, target } = request;
  const lapsed = await lapsedCertificate(settings, common);
  if (lapsed !== null) return failed(lapsed);
  const name = await chooseTransport(target, settings, common);
  return name.ok ? transports[name.value](request, common) : name;
}

/** A certificate that has ended is not tried: each try would be a failed login in somebody's log. */
async function lapsedCertificate({ certificateFile }: SshSettings, { clock }: Common): Promise<Unavailable | null> {
  if (certificateFile === undefined) return null;
  const validity = validityOf((await read(certificateFile))?.toString("latin1") ?? "");
  if (validity === null || validity.to > clock.now().getTime()) return null;
  return expired(validity.to, clock, `so says ${certificateFile}`);
}
