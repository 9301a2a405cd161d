import { isWhole, linesOf } from "../parse/answer.ts";
import { ifRpmDatabase, keepsDpkgLog } from "../parse/packages.ts";
import { shown } from "../parse/reading.ts";
import { verifiedPackages, verifiedRows, verifyAfter, verifySpec, worthVerifying } from "../parse/verified.ts";
import { defineProbe } from "../probe.ts";

/** The same on Red Hat's systems and SUSE. */
export const packageFilesRpm = defineProbe({
  id: "package-files-rpm",
  asks: "Are the packages' files as rpm installed them?",
  provides: { "package.changedFiles": verifySpec },
  after: [...verifyAfter, "package.rows"],
  via: {
    source: "ssh",
    argv: (known) =>
      worthVerifying(known) && !keepsDpkgLog(known)
        ? [...ifRpmDatabase, ...["rpm", "-V", "--nodeps", "--noscripts", ...verifiedPackages, ";", "-quit"]]
        : null,
    sudo: true,
  },
  byHand: ["rpm", "-V", "kubelet", "containerd.io"],
  limits: { timeoutMs: 6_000, maxBytes: 32 * 1024 },
  read: (answer) => {
    const lines = linesOf(answer);
    const rows = verifiedRows(lines);
    const absent = lines.filter((line) => /^package \S+ is not installed$/.test(line)).length;
    const found = rows.length > 0 || (absent > 0 && absent < verifiedPackages.length);
    return isWhole(answer) && found
      ? { facts: { "package.changedFiles": shown(rows, rows[0]?.line?.toString()) } }
      : {};
  },
});
