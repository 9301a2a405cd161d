import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import type { Settings } from "../config/load.ts";
import type { ClusterConfig } from "../config/schema.ts";
import { systemClock } from "../platform/clock.ts";
import { writeBundle } from "../platform/files/bundle/bundle.ts";
import { actingHosts } from "../platform/ssh/acting.ts";
import type { Documents } from "../platform/store/documents.ts";
import { nodeLeases, remediationStore } from "../platform/store/remediations.ts";
import type { ActingHosts } from "../remediate/ports.ts";
import { loadActions } from "../remediate/registry.ts";
import type { World } from "../usecases/ports.ts";
import { lookAt, observeNode } from "../usecases/remediate/look.ts";
import { policyOf } from "../usecases/remediate/policy.ts";
import type { FixWorld } from "../usecases/remediate/ports.ts";
import { localOf } from "./clusters.ts";

/** Everything that proposing and running fixes is given. */
export async function fixWorldOf(
  settings: Settings,
  world: World,
  documents: Documents,
  log: FixWorld["log"],
): Promise<FixWorld> {
  const acting = new Map(settings.config.clusters.flatMap((cluster) => actingIn(cluster)));
  return {
    policy: policyOf(settings.config),
    actions: await loadActions(),
    clock: systemClock,
    store: remediationStore(documents),
    leases: nodeLeases(documents),
    saveEvidence: async (id, evidence) => {
      const folder = join(settings.storeDir, "bundles");
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${id}.json.gz`);
      await writeBundle(path, evidence);
      return path;
    },
    acting: (cluster) => acting.get(cluster) ?? null,
    look: (about, askedBy) => lookAt(world, about, askedBy),
    observe: (about) => observeNode(world, about),
    random: () => randomBytes(32).toString("hex"),
    instance: `${hostname()}:${process.pid}`,
    log,
  };
}

function actingIn({ name, acting }: ClusterConfig): [string, ActingHosts][] {
  if (acting === undefined) return [];
  const { agent: _, ...rest } = acting; // acting means this key, not whatever an agent holds
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const configFile = join(homedir(), ".ssh", "config");
  const settings = { configFile, addressType: "InternalIP" as const, ...given };
  return [[name, actingHosts(settings, localOf(), systemClock)]];
}
