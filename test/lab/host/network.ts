import { existsSync } from "node:fs";
import { bridge, gateway, hostAddress, hostLink, type Place } from "../place.ts";
import { note } from "./ledger.ts";
import { attempt, run } from "./run.ts";

/**
 * The lab has a network namespace of its own with a bridge in it: the control plane keeps its well-known ports there,
 * whatever else runs on the host. One link leads from the host to the bridge.
 */
export async function makeNetwork(place: Place): Promise<void> {
  const { name } = place;
  if (!existsSync(netnsFile(place))) {
    note(place, { kind: "netns", name });
    await run(["ip", "netns", "add", name]);
  }
  const inside = (...words: readonly string[]): Promise<string> => run(["ip", "-n", name, ...words]);
  if ((await attempt(["ip", "-n", name, "link", "show", bridge(place)])).code === 0) return;
  await inside("link", "set", "lo", "up");
  await inside("link", "add", bridge(place), "type", "bridge");
  await inside("addr", "add", `${gateway(place)}/24`, "dev", bridge(place));
  await inside("link", "set", bridge(place), "up");
  note(place, { kind: "link", name: hostLink(place) });
  await run(["ip", "link", "add", hostLink(place), "type", "veth", "peer", "name", "to-host", "netns", name]);
  await inside("link", "set", "to-host", "master", bridge(place), "up");
  await run(["ip", "addr", "add", `${hostAddress(place)}/24`, "dev", hostLink(place)]);
  await run(["ip", "link", "set", hostLink(place), "up"]);
}

/** The next node with this address has another MAC: who remembers the old one would take it for powered off. */
export async function forgetNeighbour(place: Place, address: string): Promise<void> {
  await run(["ip", "neigh", "flush", "to", address, "dev", hostLink(place)]);
  await run(["ip", "-n", place.name, "neigh", "flush", "to", address, "dev", bridge(place)]);
}

export const netnsFile = ({ name }: Pick<Place, "name">): string => `/run/netns/${name}`;

export async function removeLink(name: string): Promise<void> {
  if (existsSync(`/sys/class/net/${name}`)) await run(["ip", "link", "delete", name]);
}

export async function removeNetns(name: string): Promise<void> {
  if (existsSync(netnsFile({ name }))) await run(["ip", "netns", "delete", name]);
}
