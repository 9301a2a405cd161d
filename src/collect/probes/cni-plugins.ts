import { askedWords, isWhole, linesOf } from "../parse/answer.ts";
import { flavours } from "../parse/flavours.ts";
import { type Listing, listingsIn } from "../parse/listing.ts";
import { facts } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { missingLine } from "../parse/stat.ts";
import { defineProbe, type Known } from "../probe.ts";

/** Where plugins are put: the upstream folder, Debian's package, Red Hat's, and those of flavours. */
const usual = [
  "/opt/cni/bin",
  "/usr/lib/cni",
  "/usr/libexec/cni",
  "/var/lib/rancher/k3s/data/cni",
  "/opt/containerd/cni/bin",
];
const isConfDir = (dir: string) => /\/cni\/(\S*\/)?net\.d$/.test(dir);
const isBinDir = (dir: string) => /\/cni(\/bin)?$/.test(dir) && dir !== "/opt/cni";

/** Which CNI configurations and plugins are there. One listing shows both. */
export const cniPlugins = defineProbe({
  id: "cni-plugins",
  asks: "Are the CNI plugins where the runtime looks for them?",
  provides: {
    "cni.files": {
      type: "list",
      says: "the CNI configuration files by name; empty: the folder holds none, or is missing",
    },
    "cni.binRows": {
      type: "rows",
      says: "the CNI plugins found, by folder",
      columns: ["dir", "name", "executable", "size", "kind"],
    },
    "cni.binDirsListed": { type: "list", says: "the plugin folders that were looked into, missing ones included" },
  },
  after: ["containerd.cniBinDir", "containerd.cniConfDir", "node.flavour"],
  via: { source: "ssh", argv: ask, sudo: true },
  limits: { timeoutMs: 3_000, maxBytes: 128 * 1024 },
  recognises: whole((words) => words[0] === "ls" && words.some((word) => /\/cni(\/|$)/.test(word))),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const listings = listingsIn(lines, asked).filter(({ whole }) => whole);
    const dirs = asked.filter((word) => word.startsWith("/")).map((word) => word.replace(/\/$/, ""));
    const gone = dirs.filter(
      (dir) => missingLine(lines, dir) !== undefined || missingLine(lines, `${dir}/`) !== undefined,
    );
    const confs = listings.find(({ dir }) => isConfDir(dir));
    const bins = listings.filter(({ dir }) => isBinDir(dir));
    if (!isWhole(answer)) return {};
    const listed = [...bins.map(({ dir }) => dir), ...gone.filter(isBinDir)];
    return {
      facts: facts({
        "cni.files": confs === undefined ? (gone.some(isConfDir) ? [] : undefined) : confsIn(confs),
        "cni.binRows": listed.length === 0 ? undefined : bins.flatMap(rowsOf),
        "cni.binDirsListed": listed.length === 0 ? undefined : listed,
      }),
    };
  },
});

function ask(known: Known): readonly string[] {
  const confDir = known.get("containerd.cniConfDir");
  const binDir = known.get("containerd.cniBinDir");
  const own = (dir: unknown, fallback: string) => (typeof dir === "string" && dir.startsWith("/") ? dir : fallback);
  const ofFlavour = flavours.find(({ id }) => id === known.get("node.flavour"))?.cniBinDirs ?? [];
  const bins = new Set([own(binDir, "/opt/cni/bin"), ...usual, ...ofFlavour]);
  // The final stroke makes ls look into a folder that is a link.
  return ["ls", "-lA", own(confDir, "/etc/cni/net.d"), ...[...bins].map((dir) => `${dir}/`)];
}

function confsIn({ entries }: Listing): readonly string[] {
  return entries
    .filter(({ name, kind }) => kind !== "d" && /\.(conf|conflist|json)$/.test(name))
    .map(({ name }) => name)
    .sort();
}

function rowsOf({ dir, entries }: Listing) {
  return entries
    .filter(({ kind }) => kind === "-" || kind === "l")
    .map(({ name, permissions, size, kind }) => ({ dir, name, executable: /[xs]/.test(permissions), size, kind }));
}
