import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, LocalReach, Ports, SshOpener } from "../../collect/ports.ts";
import { type ClusterConfig, clusterSchema } from "../../config/schema.ts";
import { unavailable } from "../../evidence/evidence.ts";
import { failed } from "../../shared/result.ts";
import { type ApiServer, startApiServer } from "./api-server.ts";
import { type KeyPair, newKeyPair } from "./keys.ts";
import { type PracticeNode, practiceNode, type Role } from "./node.ts";
import { restartPlayed } from "./restart.ts";
import { loginProblem, played } from "./ssh-answer.ts";
import { type Login, type SshServer, startSshServer } from "./ssh-server.ts";

export interface PracticeOptions {
  readonly roles: readonly Role[];
  /** An empty folder for the kubeconfig, the keys, known_hosts and ssh_config. */
  readonly dir: string;
  readonly clock: Clock;
}

/** A cluster of recorded nodes behind real HTTPS and real SSH on loopback. */
export interface PracticeCluster {
  /** What a config file would say of it. */
  readonly config: ClusterConfig;
  readonly nodes: readonly PracticeNode[];
  /**
   * The ports to this cluster with what no loopback can show put in from the recordings: TCP connections to the
   * nodes' own addresses, and hosts that could not be logged in to.
   */
  readonly ports: (real: Ports) => Ports;
  readonly close: () => Promise<void>;
}

export const practiceCluster = "practice";
const user = "node-why";
const actingUser = "node-why-acting";

export async function startPracticeCluster(options: PracticeOptions): Promise<PracticeCluster> {
  const { roles, dir, clock } = options;
  const nodes = roles.map((role) => practiceNode(role, () => clock.now().getTime()));
  const keys = { reading: newKeyPair(), acting: newKeyPair() };
  const loginsOf = (node: PracticeNode): readonly Login[] => [
    { user, clientKey: keys.reading.publicLine, play: (argv) => played(argv, node.answer("ssh", argv)) },
    { user: actingUser, clientKey: keys.acting.publicLine, play: (argv) => restartPlayed(argv, node) },
  ];
  const api = await startApiServer(nodes);
  const servers = await Promise.all(nodes.map((node) => startSshServer({ logins: loginsOf(node), clock })));
  const config = await writeFiles(dir, api, nodes, servers, keys);
  return {
    config,
    nodes,
    ports: (real) => recordedPorts(real, nodes),
    close: async () => {
      await Promise.all([api.close(), ...servers.map((server) => server.close())]);
    },
  };
}

/** Every node has its own port on 127.0.0.1, since not every system has more loopback addresses: ssh_config knows it. */
async function writeFiles(
  dir: string,
  api: ApiServer,
  nodes: readonly PracticeNode[],
  servers: readonly SshServer[],
  keys: Readonly<Record<"reading" | "acting", KeyPair>>,
): Promise<ClusterConfig> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const files = {
    kubeconfig: join(dir, "kubeconfig"),
    identityFile: join(dir, "id_ecdsa"),
    knownHostsFile: join(dir, "known_hosts"),
    configFile: join(dir, "ssh_config"),
  };
  const actingKey = join(dir, "id_ecdsa_acting");
  const known = servers.map(({ port, hostKey }) => `[127.0.0.1]:${port} ${hostKey}\n`);
  const hosts = nodes.map(({ name }, at) => `Host ${name}\n  HostName 127.0.0.1\n  Port ${servers[at]?.port}\n`);
  await Promise.all([
    writeFile(files.kubeconfig, api.kubeconfig, { mode: 0o600 }),
    writeFile(files.identityFile, keys.reading.privateKey, { mode: 0o600 }),
    writeFile(actingKey, keys.acting.privateKey, { mode: 0o600 }),
    writeFile(files.knownHostsFile, known.join("")),
    writeFile(files.configFile, hosts.join("")),
  ]);
  const { kubeconfig, ...ssh } = files;
  const inventory = nodes.filter(hasNoNodeObject).map(({ name, address }) => ({ name, address }));
  return clusterSchema.parse({
    name: practiceCluster,
    kubeconfig,
    ssh: { user, addressType: "InternalIP", ...ssh },
    acting: { user: actingUser, addressType: "InternalIP", ...ssh, identityFile: actingKey },
    inventory,
  });
}

/** Such a node can only be asked about because the inventory knows its host. */
function hasNoNodeObject(node: PracticeNode): boolean {
  return node.answer("kubernetes", ["GET", `/api/v1/nodes/${node.name}`])?.kind === "absent";
}

function recordedPorts(real: Ports, nodes: readonly PracticeNode[]): Ports {
  const local: LocalReach = {
    connect: async (address, port) => {
      const node = nodes.find((one) => one.address === address);
      const answer = node?.answer("local", ["tcp-connect", address, String(port)]);
      return answer ?? unavailable("not-shown", `no connection to ${address} port ${port} was recorded`);
    },
  };
  const { ssh } = real;
  if (ssh === undefined) return { ...real, local };
  const open: SshOpener["open"] = async (target, signal) => {
    const node = nodes.find(({ name }) => name === target.node);
    const problem = node === undefined ? null : loginProblem(node);
    return problem === null ? ssh.open(target, signal) : failed(problem);
  };
  return { ...real, local, ssh: { open } };
}
