import type { FactValue } from "../fact.ts";
import type { Derivation } from "../reader.ts";

interface Api {
  readonly host: string;
  readonly port: string;
}

/** Whether a packet filter rule on the node throws away what it sends to the API server. */
export const firewall: Derivation = {
  id: "firewall",
  needs: ["firewall.drops", "firewall.nftDrops", "kubeconfig.server"],
  provides: {
    "firewall.dropsApi": {
      type: "boolean",
      says: "whether a rule here drops or rejects the API server's address or port",
    },
    "firewall.line": { type: "string", says: "that rule" },
  },
  derive: (known) => {
    const api = apiOf(known.get("kubeconfig.server"));
    const iptables = listOf(known, "firewall.drops");
    const nft = listOf(known, "firewall.nftDrops");
    if (api === undefined || (iptables === undefined && nft === undefined)) return {};
    const hit =
      (iptables ?? []).find((rule) => iptablesHits(rule, api)) ?? (nft ?? []).find((rule) => nftHits(rule, api));
    if (hit !== undefined) return { "firewall.dropsApi": { value: true, line: hit }, "firewall.line": hit };
    return { "firewall.dropsApi": false, "firewall.line": null };
  },
};

function apiOf(server: FactValue | undefined): Api | undefined {
  const [, host, port] = /^https:\/\/(?:\[([0-9a-f:]+)\]|[^/:]+)(?::(\d{1,5}))?/.exec(String(server ?? "")) ?? [];
  const name = host ?? /^https:\/\/([^/:]+)/.exec(String(server ?? ""))?.[1];
  return name === undefined ? undefined : { host: name, port: port ?? "443" };
}

function listOf(known: ReadonlyMap<string, FactValue>, name: string): readonly string[] | undefined {
  const list = known.get(name);
  return Array.isArray(list) ? list.map(String) : undefined;
}

/** `-A OUTPUT -p tcp -m tcp --dport 6443 -j DROP`, `-A OUTPUT -d 10.77.0.1/32 -j REJECT`, `-P OUTPUT DROP`. */
function iptablesHits(rule: string, { host, port }: Api): boolean {
  if (/^(-P|:)\s?OUTPUT DROP/.test(rule)) return true;
  const ports = /--d(?:ports?|port) (\S+)/.exec(rule)?.[1];
  const address = / -d (\S+)/.exec(rule)?.[1];
  if (/ ! -[dps] | -m mark | -[io] lo | --ctstate INVALID/.test(rule)) return false;
  if (/^-A INPUT /.test(rule)) return answersHit(rule, { host, port });
  if (/^-A FORWARD /.test(rule)) return false;
  if (ports === undefined && address === undefined) return false;
  return (ports === undefined || hasPort(ports, port)) && (address === undefined || sameHost(address, host));
}

/** `-A INPUT -p tcp -m tcp --sport 6443 -j DROP`: the requests leave and the API server's answers are thrown away. */
function answersHit(rule: string, { host, port }: Api): boolean {
  const ports = /--s(?:ports?|port) (\S+)/.exec(rule)?.[1];
  const address = / -s (\S+)/.exec(rule)?.[1];
  if (/ --dports? | -p (udp|icmp)/.test(rule) || (ports === undefined && address === undefined)) return false;
  return (ports === undefined || hasPort(ports, port)) && (address === undefined || sameHost(address, host));
}

/** `tcp dport 6443 drop`, `ip daddr 10.77.0.1 reject`. */
function nftHits(rule: string, { host, port }: Api): boolean {
  const ports = /\bdport (?:\{([^}]*)\}|(\S+))/.exec(rule);
  const address = /\bdaddr (?:\{([^}]*)\}|(\S+))/.exec(rule);
  if (/!=|ct state invalid|\bmark\b/.test(rule) || (ports === null && address === null)) return false;
  const wanted = (found: RegExpExecArray | null) => (found?.[1] ?? found?.[2] ?? "").split(/[\s,]+/).filter(Boolean);
  return (
    (ports === null || wanted(ports).some((each) => hasPort(each, port))) &&
    (address === null || wanted(address).some((each) => sameHost(each, host)))
  );
}

function hasPort(list: string, port: string): boolean {
  return list.split(",").some((range) => {
    const [first, last] = range.split(/[:-]/).map(Number);
    return Number(port) >= (first ?? 0) && Number(port) <= (last ?? first ?? 0);
  });
}

function sameHost(address: string, host: string): boolean {
  return address === host || address === `${host}/32` || address === `${host}/128`;
}
