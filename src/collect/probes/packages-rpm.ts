import type { Row } from "../../facts/fact.ts";
import { isWhole, linesOf } from "../parse/answer.ts";
import { secondsStamp } from "../parse/found.ts";
import { ifRpmDatabase, isNodePackage, keepsDpkgLog, nodePackages } from "../parse/packages.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const question = [
  ...ifRpmDatabase,
  ...["rpm", "-qa", "--qf", "%{INSTALLTIME}|%{NAME}|%{VERSION}-%{RELEASE}\\n"],
  ...nodePackages.map((name) => `${name}*`),
  ...[";", "-quit"],
];

/**
 * When the packages a node stands on were installed, from rpm's own database where there is one. The patterns are
 * rpm's, no shell's.
 */
export const packagesRpm = defineProbe({
  id: "packages-rpm",
  asks: "When were the node's RPM packages installed?",
  provides: {
    "package.rpmRows": {
      type: "rows",
      says: "RPM packages of the kubelet, runtime, CNI, kernel and system, and when each was installed",
      columns: ["at", "package", "version"],
    },
  },
  after: ["package.rows"],
  via: { source: "ssh", argv: (known) => (keepsDpkgLog(known) ? null : question) },
  past: "the same",
  byHand: ["rpm", "-qa", "--last"],
  limits: { timeoutMs: 4_000, maxBytes: 128 * 1024 },
  read: (answer) => {
    const lines = linesOf(answer);
    const rows = lines.flatMap(rowOf).sort((one, other) => (String(one.at) < String(other.at) ? -1 : 1));
    if (!isWhole(answer) || rows.length === 0) return {};
    return { facts: { "package.rpmRows": shown(rows.slice(-200)) } };
  },
});

function rowOf(line: string): readonly Row[] {
  const [, seconds, name = "", version = ""] = /^(\d{1,11})\|([\w.+-]{1,100})\|([\w.+~^-]{1,100})$/.exec(line) ?? [];
  const at = secondsStamp(Number(seconds));
  return at === undefined || !isNodePackage(name) ? [] : [{ at, package: name, version }];
}
