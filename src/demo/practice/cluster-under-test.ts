import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock, Command, Ports, SshSession } from "../../collect/ports.ts";
import { addressBook } from "../../collect/sources/address.ts";
import type { ClusterConfig } from "../../config/schema.ts";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import { systemClock } from "../../platform/clock.ts";
import { httpGetOver } from "../../platform/kubernetes/http-get.ts";
import { loadKubeconfig } from "../../platform/kubernetes/kubeconfig.ts";
import { kubernetesReader } from "../../platform/kubernetes/reader.ts";
import { sshOpener } from "../../platform/ssh/opener.ts";
import { localReach } from "../../platform/tcp.ts";
import { type PracticeCluster, type PracticeOptions, startPracticeCluster } from "./cluster.ts";
import { castRoles } from "./roles.ts";
import { recordedAt, recording } from "./testing.ts";

/** As the composition root makes them: nothing here knows that the cluster is a practice one. */
function realPorts({ kubeconfig = "", ssh, inventory }: ClusterConfig, clock: Clock): Ports {
  const config = loadKubeconfig({ kind: "files", files: [kubeconfig] });
  const settings = {
    user: ssh?.user ?? "",
    identityFile: ssh?.identityFile ?? "",
    knownHostsFile: ssh?.knownHostsFile ?? "",
    configFile: ssh?.configFile ?? "",
    addressType: "InternalIP" as const,
  };
  return {
    clock,
    kubernetes: kubernetesReader(httpGetOver(config, clock), clock),
    ssh: sshOpener(settings, { home: "/nonexistent", user: "nobody" }, clock),
    local: localReach(clock),
    addresses: addressBook("InternalIP", inventory),
  };
}

/** A practice cluster of these nodes, and the product's own clients to it. Not used by the product. */
export interface PracticeUnderTest {
  readonly cluster: PracticeCluster;
  readonly ports: Ports;
  readonly login: (node: string) => Promise<SshSession>;
  readonly close: () => Promise<void>;
}

/** Each node is a recording and the root it shows. */
export async function practiceUnderTest(
  sets: readonly (readonly [EvidenceSet, string])[],
  more: Partial<PracticeOptions> = {},
): Promise<PracticeUnderTest> {
  const dir = await mkdtemp(join(tmpdir(), "node-why-practice-"));
  const roles = castRoles(sets.map(([set, root], at) => recording(`slug-${at}`, set, root)));
  const cluster = await startPracticeCluster({ roles, dir, clock: systemClock, ...more });
  const ports = cluster.ports(realPorts(cluster.config, systemClock));
  const sessions: SshSession[] = [];
  return {
    cluster,
    ports,
    login: async (node) => {
      const opened = await ports.ssh?.open({ address: "192.0.2.1", node });
      if (!opened?.ok) throw new Error(JSON.stringify(opened));
      sessions.push(opened.value);
      return opened.value;
    },
    close: async () => {
      for (const session of sessions) session.close();
      await cluster.close();
      await rm(dir, { recursive: true });
    },
  };
}

export const limits = { timeoutMs: 5_000, maxBytes: 1_000_000 };

export function command(argv: readonly string[], more: Partial<Command> = {}): Command {
  return { argv, sudo: true, limits, keep: "head", ...more };
}

/** How long before the recording the recorded node stopped being Ready, milliseconds. */
export const notReadyMs = Date.parse(recordedAt) - Date.parse("2026-11-21T02:06:13Z");
