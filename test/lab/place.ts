import { homedir } from "node:os";
import { join } from "node:path";

/** Where a lab keeps its things and what it calls them; two labs with different names and nets run side by side. */
export interface Place {
  /** The state folder: keys, logs, the nodes' trees. Gone after `down`. */
  readonly state: string;
  /** What was built, for the next time. */
  readonly cache: string;
  /** Of the network namespace, the bridge, the host's interface and the cgroup; at most 8 letters. */
  readonly name: string;
  /** First three numbers of the subnet. */
  readonly net: string;
}

/** The only place in the lab that reads the environment: LAB, LAB_CACHE, LAB_NAME, LAB_NET; CI below. */
export function placeOf(env: Readonly<Record<string, string | undefined>> = process.env): Place {
  const root = process.getuid?.() === 0 && env.XDG_STATE_HOME === undefined;
  const state = root ? "/var/lib" : (env.XDG_STATE_HOME ?? join(homedir(), ".local", "state"));
  return {
    state: env.LAB ?? join(state, "node-why-lab"),
    cache: env.LAB_CACHE ?? join(homedir(), ".cache", "node-why-lab"),
    name: env.LAB_NAME ?? "nwlab",
    net: env.LAB_NET ?? "10.78.0",
  };
}

/** In CI the machine is thrown away afterwards: Debian packages may be added to it without being asked to. */
export const mayInstall = (): boolean => process.env.CI === "1";

export const gateway = ({ net }: Place): string => `${net}.1`;
/** The host's own address on the lab's bridge. */
export const hostAddress = ({ net }: Place): string => `${net}.254`;
export const apiUrl = (place: Place): string => `https://${gateway(place)}:6443`;
/** A name for the API server that only the lab's own DNS server knows. */
export const apiName = "api.lab.internal";
export const bridge = ({ name }: Place): string => `${name}0`;
export const hostLink = ({ name }: Place): string => `${name}-host`;

export const pkiDir = ({ state }: Place): string => join(state, "pki");
export const etcDir = ({ state }: Place): string => join(state, "etc");
export const nodeDir = ({ state }: Place, node: string): string => join(state, "nodes", node);
/** A node's root tree and /var, as the host sees them. */
export const rootOf = (place: Place, node: string): string => join(nodeDir(place, node), "root");
export const varOf = (place: Place, node: string): string => join(nodeDir(place, node), "var");
export const binDir = ({ cache }: Place): string => join(cache, "bin");
export const imageDir = ({ cache }: Place, image: string): string => join(cache, "images", image);
