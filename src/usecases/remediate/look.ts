import { collect } from "../../collect/run.ts";
import { knownFacts } from "../../facts/read.ts";
import { type NodeNow, nodeNow, nodeNowProbes } from "../../remediate/node-now.ts";
import { ExternalError, messageOf, OperatorError } from "../../shared/errors.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import { diagnose } from "../diagnose.ts";
import type { ClusterAccess, World } from "../ports.ts";
import type { About, FreshLook } from "./ports.ts";

/** Diagnoses the node anew, as if somebody had asked just now. */
export async function lookAt(world: World, about: About, askedBy: string): Promise<Result<FreshLook, string>> {
  try {
    const found = await diagnose({ name: `${about.cluster}/${about.node}`, askedBy }, world);
    if (found.kind !== "report") return failed(`${about.node} cannot be diagnosed now (${found.kind})`);
    const facts = knownFacts(found.evidence.items, world.engine.registry, about.node);
    return ok({ report: found.report, evidence: found.evidence, facts, address: await addressOf(world, about) });
  } catch (thrown) {
    if (!(thrown instanceof ExternalError || thrown instanceof OperatorError)) throw thrown;
    return failed(`${about.node} cannot be diagnosed now: ${messageOf(thrown)}`);
  }
}

/** Where the diagnosis reached it, by the same address book. */
async function addressOf(world: World, { cluster, node }: About): Promise<string | null> {
  const ports = await clusterNamed(world, cluster).ports();
  return ports.addresses.configured(node) ?? ports.addresses.remembered(node);
}

const observeMs = 10_000;

/** Asks the few probes that tell whether a node is well; what does not answer is null. */
export async function observeNode(world: World, about: About): Promise<NodeNow> {
  const { registry } = world.engine;
  const at = world.clock.now().toISOString();
  try {
    const evidence = await collect(
      {
        ...about,
        at,
        deadlineMs: observeMs,
        probes: registry.probes.filter(({ id }) => nodeNowProbes.includes(id)),
        derivations: registry.derivations,
        readers: (items) => knownFacts(items, registry, about.node),
      },
      await clusterNamed(world, about.cluster).ports(),
    );
    return nodeNow(knownFacts(evidence.items, registry, about.node), at);
  } catch (thrown) {
    if (!(thrown instanceof ExternalError || thrown instanceof OperatorError)) throw thrown;
    return nodeNow(new Map(), at);
  }
}

function clusterNamed({ clusters }: World, name: string): ClusterAccess {
  const cluster = clusters.find((each) => each.name === name);
  if (cluster === undefined) throw new OperatorError(`there is no cluster ${name} in the config any more`);
  return cluster;
}
