import { type Answer, absent, type Evidence, type EvidenceSet, type Source, value } from "../../evidence/evidence.ts";
import type { Recording } from "./recording.ts";

/** Recordings for tests, in the form of real ones. Not used by the product. */

export const recordedAt = "2026-11-21T02:10:13.000Z";

export function item(source: Source, probe: string, asked: readonly string[], answer: Answer): Evidence {
  return { probe, source, asked, at: recordedAt, tookMs: 5, answer };
}

export function nodeJson(name: string, ready: "True" | "False" | "Unknown", address = "10.77.0.11"): string {
  const changed = ready === "True" ? "2026-11-20T10:00:00Z" : "2026-11-21T02:06:13Z";
  return JSON.stringify({
    kind: "Node",
    apiVersion: "v1",
    metadata: { name, uid: `uid-${name}-${ready}` },
    status: {
      addresses: [
        { type: "InternalIP", address },
        { type: "Hostname", address: name },
      ],
      conditions: [{ type: "Ready", status: ready, reason: "Because", message: "", lastTransitionTime: changed }],
    },
  });
}

export const journalArgv = ["journalctl", "--utc", "-u", "kubelet.service", "-n", "20"];
export const unitArgv = ["systemctl", "show", "--property=Id,ActiveState", "kubelet.service"];

/** `unit`: what systemd says of the kubelet; it is all that the tests' engine looks at. */
export function nodeSet(unit: "active" | "inactive" | "failed", more: readonly Evidence[] = []): EvidenceSet {
  const ready = unit === "active" ? "True" : "Unknown";
  return {
    schema: 1,
    node: "n1",
    cluster: "lab",
    at: recordedAt,
    year: 2026,
    items: [
      item("kubernetes", "node-object", ["GET", "/api/v1/nodes/n1"], value(nodeJson("n1", ready))),
      item(
        "ssh",
        "kubelet-journal",
        journalArgv,
        value(`Nov 21 02:06:03 n1 systemd[1]: kubelet.service: ${unit}, it's 10.77.0.11\n`),
      ),
      item("ssh", "unit-kubelet", unitArgv, value(`Id=kubelet.service\nActiveState=${unit}\n`)),
      ...more,
    ],
  };
}

/** A node that never registered: no Node object, reached by the inventory. */
export function unregisteredSet(): EvidenceSet {
  const { items, ...rest } = nodeSet("failed");
  const object = item("kubernetes", "node-object", ["GET", "/api/v1/nodes/n1"], absent('nodes "n1" not found'));
  const reach = item("local", "tcp-kubelet", ["tcp-connect", "10.77.0.11", "10250"], value("refused\n"));
  return { ...rest, items: [object, reach, ...items.slice(1)] };
}

export function recording(slug: string, set: EvidenceSet, root: string): Recording {
  const healthy = root === "none";
  return {
    slug,
    set,
    healed: null,
    expect: {
      roots: [root],
      alsoRight: [],
      verdict: healthy ? "none" : "confirmed",
      status: healthy ? "Ready" : "Unknown",
    },
  };
}
