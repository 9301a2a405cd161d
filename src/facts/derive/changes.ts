import type { FactValue, Row } from "../fact.ts";
import type { Derivation } from "../reader.ts";

const mostChanges = 200;

/** What changed on or around the node, whoever recorded it, in order of time. */
export const changes: Derivation = {
  id: "changes",
  needs: ["package.rows", "package.rpmRows", "file.changedRows", "boot.records", "crash.rows", "node.setBy"],
  provides: {
    "change.rows": {
      type: "rows",
      says: "what changed: packages, configuration files, boots, dumps, cordons and taints; oldest first",
      columns: ["at", "kind", "what", "who"],
    },
  },
  derive: (known): Readonly<Record<string, readonly Row[]>> => {
    if (!changes.needs.some((name) => known.has(name))) return {};
    const found = [
      ...rowsOf(known, "package.rows").map(ofPackage),
      ...rowsOf(known, "package.rpmRows").map(ofRpm),
      ...rowsOf(known, "file.changedRows").map(ofFile),
      ...rowsOf(known, "boot.records").flatMap(ofBoot),
      ...rowsOf(known, "crash.rows").map(ofDump),
      ...rowsOf(known, "node.setBy").flatMap(ofManager),
    ];
    return {
      "change.rows": found
        .filter(({ at }) => typeof at === "string")
        .sort(byTime)
        .slice(-mostChanges),
    };
  },
};

const verbs: Readonly<Record<string, string>> = {
  install: "installed",
  upgrade: "upgraded",
  remove: "removed",
  purge: "purged",
};

function ofPackage({ at = null, package: name, action, from, to }: Row): Row {
  const versions = [from, to].filter((each) => each !== null && each !== undefined).join(" -> ");
  return {
    at,
    kind: "package",
    what: `package ${name} ${verbs[String(action)] ?? "changed"} ${versions}`.trim(),
    who: null,
  };
}

const ofRpm = ({ at = null, package: name, version }: Row): Row => ({
  at,
  kind: "package",
  what: `package ${name} ${version} installed`,
  who: null,
});

const ofFile = ({ at = null, path, owner = null }: Row): Row => ({
  at,
  kind: "file",
  what: `${path} written`,
  who: owner,
});

function ofBoot({ at = null, kind, ended }: Row): readonly Row[] {
  if (kind === "shutdown") return [{ at, kind: "shutdown", what: "the machine was shut down", who: null }];
  const after = ended === "crash" ? ", and never shut down before the next boot" : "";
  return [{ at, kind: "boot", what: `the machine booted${after}`, who: null }];
}

const ofDump = ({ at = null, path, kind }: Row): Row => ({
  at,
  kind: "crash",
  what: `${kind === "core" ? "core dump" : "crash dump"} ${path} written`,
  who: null,
});

/** What the kubelet and the controllers set themselves follows from the trouble. */
function ofManager({ at = null, what, manager = null }: Row): readonly Row[] {
  if (/^(kubelet|kube-controller-manager)$/.test(String(manager))) return [];
  return [{ at, kind: what === "cordon" ? "cordon" : "taint", what: `${what} set`, who: manager }];
}

function rowsOf(known: ReadonlyMap<string, FactValue>, name: string): readonly Row[] {
  const rows = known.get(name);
  return Array.isArray(rows) ? (rows as readonly Row[]) : [];
}

function byTime(one: Row, other: Row): number {
  if (one.at === other.at) return String(one.what) < String(other.what) ? -1 : 1;
  return String(one.at) < String(other.at) ? -1 : 1;
}
