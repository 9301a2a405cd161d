import { askedWords, linesOf } from "../parse/answer.ts";
import { criSockets as sockets } from "../parse/flavours.ts";
import { type Listed, listingsIn } from "../parse/listing.ts";
import { type Facts, shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { missingLine, statOf, statsIn } from "../parse/stat.ts";
import { defineProbe } from "../probe.ts";

/** Whether there is a socket on which a runtime could answer, and who may open it. */
export const criSocket = defineProbe({
  id: "cri-socket",
  asks: "Is the container runtime's socket there?",
  provides: {
    "cri.socket.exists": { type: "boolean", says: "whether one of the known CRI sockets exists" },
    "cri.socket.path": { type: "string", says: "the CRI socket that exists" },
    "cri.socket.mode": { type: "string", says: "its mode, octal" },
    "cri.socket.owner": { type: "string", says: "its owner and group" },
    "cri.sockets": { type: "list", says: "all known CRI sockets that exist" },
  },
  via: { source: "ssh", argv: statOf(sockets), sudo: true },
  limits: { timeoutMs: 2_000, maxBytes: 16 * 1024 },
  recognises: whole(
    (words) =>
      words[0] === "ls" && words.some((word) => /^\/(var\/)?run\/(containerd|crio)\/?(\w+\.sock)?$/.test(word)),
  ),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const found = statsIn(lines).filter(({ kind }) => kind === "socket");
    const first = found[0];
    if (first !== undefined) {
      return {
        facts: {
          "cri.socket.exists": shown(true, first.line),
          "cri.socket.path": first.path,
          "cri.socket.mode": first.mode,
          "cri.socket.owner": first.owner,
          "cri.sockets": found.map(({ path }) => path),
        },
      };
    }
    if (sockets.every((path) => missingLine(lines, path) !== undefined))
      return { facts: noneOf(missingLine(lines, sockets.at(-1) ?? "")) };
    return { facts: listedFacts(lines, asked) };
  },
});

function noneOf(line: string | undefined): Facts {
  return {
    "cri.socket.exists": shown(false, line),
    "cri.socket.path": null,
    "cri.socket.mode": null,
    "cri.socket.owner": null,
    "cri.sockets": [],
  };
}

/** `ls -la /run/containerd` as people paste it: the folder's own socket is listed, or it is not. */
function listedFacts(lines: readonly string[], asked: readonly string[]): Facts {
  const folder = listingsIn(lines, asked).find(({ dir }) => /^\/(var\/)?run\/(containerd|crio)$/.test(dir));
  const gone = missingLine(lines, "/run/containerd");
  if (folder === undefined) return gone === undefined ? {} : noneOf(gone);
  const socket = folder.entries.find(isCriSocket);
  if (socket === undefined) return folder.whole ? noneOf(undefined) : {};
  return {
    "cri.socket.exists": shown(true, socket.line),
    "cri.socket.path": `${folder.dir}/${socket.name}`,
    "cri.socket.owner": `${socket.owner}:${socket.group}`,
  };
}

function isCriSocket(entry: Listed): boolean {
  return entry.kind === "s" && /^(containerd|crio)\.sock$/.test(entry.name);
}
