import type { Ports, SshSession } from "../../collect/ports.ts";
import type { Registry } from "../../collect/registry.ts";
import { findAddress } from "../../collect/sources/address.ts";
import { knownFacts } from "../../facts/read.ts";
import { type Finding, finding } from "./finding.ts";
import type { Tried } from "./login.ts";
import type { ActingLogin } from "./ports.ts";

/**
 * Whether the login that runs fixes gets into one of the nodes tried, and may restart the units that this node has.
 * sudo is asked what it would allow; nothing is run.
 */
export async function actingFindings(
  cluster: string,
  { user, ssh, commands }: ActingLogin,
  tried: readonly Tried[],
  { registry, ports }: { readonly registry: Registry; readonly ports: Ports },
): Promise<readonly Finding[]> {
  const at = tried.find(({ lost }) => lost === null);
  if (at === undefined) return [];
  const say = finding("acting", `${cluster}/${at.node.name}`);
  const limits = { timeoutMs: 5_000, maxBytes: 1_000_000 };
  const object = ports.kubernetes.get(`/api/v1/nodes/${encodeURIComponent(at.node.name)}`, limits);
  const address = await findAddress(at.node.name, ports.addresses, object);
  if (!address.ok) return [say.unknown(address.problem.detail, address.problem.grant ?? "check the Node object")];
  const opened = await ssh.open({ address: address.value, node: at.node.name });
  if (!opened.ok) {
    const { reason, detail, grant } = opened.problem;
    return [say.fix(`${user}: ${reason}: ${detail}`, grant ?? `try by hand: ssh ${user}@${at.node.name}`)];
  }
  try {
    const units = unitsOf(at, registry);
    const here = commands.filter(({ words }) => units.some((unit) => words.includes(unit)));
    const lacking = user === "root" ? [] : await refusedOf(here, opened.value);
    if (lacking.length > 0)
      return lacking.map(({ rule, words }) => say.fix(`${user} may not run ${words.join(" ")}`, rule));
    const may =
      here.length === 0 ? "none of the fixes is for this node's units" : `may run the ${here.length} fixes for it`;
    return [say.fine(`${user} gets in; ${may}`)];
  } finally {
    opened.value.close();
  }
}

function unitsOf({ node, set }: Tried, { readers, derivations }: Registry): readonly string[] {
  const known = knownFacts(set.items, { readers, derivations }, node.name);
  return ["kubelet.unit.name", "runtime.unit.name"].flatMap((fact) => {
    const unit = known.get(fact);
    return typeof unit === "string" ? [unit] : [];
  });
}

type Commands = ActingLogin["commands"];

/** `sudo -l COMMAND` exits with 0 where the command would be allowed. */
async function refusedOf(commands: Commands, session: SshSession): Promise<Commands> {
  const limits = { timeoutMs: 5_000, maxBytes: 4_096 };
  const answers = await Promise.all(
    commands.map(({ words }) =>
      session.run({ argv: ["sudo", "-n", "-l", ...words], sudo: false, limits, keep: "head" }),
    ),
  );
  return commands.filter((_, at) => {
    const answer = answers[at];
    return answer?.kind !== "value" || answer.exitCode !== 0;
  });
}
