import { isWhole, linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { verifiedPackages, verifiedRows, verifyAfter, verifySpec, worthVerifying } from "../parse/verified.ts";
import { defineProbe } from "../probe.ts";

/** Whether the files of the kubelet, the runtime and CNI are those that were installed, on Debian and Ubuntu. */
export const packageFilesDpkg = defineProbe({
  id: "package-files-dpkg",
  asks: "Are the packages' files as dpkg installed them?",
  provides: { "package.changedFiles": verifySpec },
  after: verifyAfter,
  via: {
    source: "ssh",
    argv: (known) =>
      worthVerifying(known)
        ? ["find", "/var/lib/dpkg/status", "-maxdepth", "0", "-exec", "dpkg", "--verify", ...verifiedPackages, ";"]
        : null,
    sudo: true,
  },
  byHand: ["dpkg", "--verify", "kubelet", "containerd"],
  limits: { timeoutMs: 6_000, maxBytes: 32 * 1024 },
  read: (answer) => {
    const lines = linesOf(answer);
    const rows = verifiedRows(lines);
    // A package that is not there is named; of all others silence means that they are whole.
    const asked = lines.filter((line) => /^dpkg: package '.*' is not installed/.test(line)).length;
    const found = rows.length > 0 || (asked > 0 && asked < verifiedPackages.length);
    return isWhole(answer) && found
      ? { facts: { "package.changedFiles": shown(rows, rows[0]?.line?.toString()) } }
      : {};
  },
});
