import { askedWords, isWhole, linesOf, statusOf } from "../parse/answer.ts";
import { cniConfigIn } from "../parse/cni-config.ts";
import { type Facts, shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe, type Known } from "../probe.ts";

const usual = "/etc/cni/net.d";

/**
 * The CNI configuration the runtime loads: the first file by name. `grep` prints each line behind its file's path, so
 * one call reads a folder whose names are not known, and --include keeps Multus's kubeconfig out.
 */
export const cniConfig = defineProbe({
  id: "cni-config",
  asks: "Which CNI configuration does the runtime load?",
  provides: {
    "cni.confDir": { type: "string", says: "the folder the CNI configuration is read from" },
    "cni.configFile": { type: "string", says: "the file that was read: the first by name" },
    "cni.valid": { type: "boolean", says: "whether that file can be loaded" },
    "cni.error": { type: "string", says: "why it cannot" },
    "cni.name": { type: "string", says: "the network's name" },
    "cni.version": { type: "string", says: "the cniVersion it declares" },
    "cni.types": { type: "list", says: "the plugins it calls, IPAM included" },
  },
  after: ["containerd.cniConfDir"],
  via: { source: "ssh", argv: ask, sudo: true },
  limits: { timeoutMs: 2_000, maxBytes: 256 * 1024 },
  recognises: whole(
    (words) => /^(cat|head)$/.test(words[0] ?? "") && words.some((word) => /\/cni\/\S*net\.d\/\S*/.test(word)),
  ),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const files = filesIn(lines);
    const first = [...files.keys()].sort()[0];
    if (first !== undefined && isWhole(answer)) return { facts: fileFacts(first, (files.get(first) ?? []).join("\n")) };
    const path = asked.find((word) => /\/cni\/\S*net\.d\//.test(word));
    if (path === undefined || statusOf(answer) !== 0 || files.size > 0) return {};
    return { facts: pastedFacts(lines.join("\n"), path) };
  },
});

function ask(known: Known): readonly string[] {
  const dir = known.get("containerd.cniConfDir");
  const from = typeof dir === "string" && dir.startsWith("/") ? dir : usual;
  return ["grep", "-rH", "", from, "--include=*.conf", "--include=*.conflist", "--include=*.json"];
}

/** `/etc/cni/net.d/10-lab.conflist:{`, or the sections of `head -v`. */
function filesIn(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  let section: string | undefined;
  for (const line of lines) {
    const [, path, text] = /^(\/[^:]{1,4000}\/[^/:]+\.(?:conf|conflist|json)):(.*)$/.exec(line) ?? [];
    section = /^==> (\/\S+\.(?:conf|conflist|json)) <==$/.exec(line)?.[1] ?? section;
    if (path !== undefined) add(files, path, text ?? "");
    else if (section !== undefined && !line.startsWith("==>")) add(files, section, line);
  }
  return files;
}

function add(files: Map<string, string[]>, path: string, line: string): void {
  const lines = files.get(path);
  if (lines === undefined) files.set(path, [line]);
  else lines.push(line);
}

function fileFacts(path: string, content: string): Facts {
  const parsed = cniConfigIn(content);
  const where = {
    "cni.confDir": path.slice(0, path.lastIndexOf("/")),
    ...(path.includes("*") ? {} : { "cni.configFile": path }),
  };
  if (!parsed.ok) return { ...where, "cni.valid": false, "cni.error": shown(`${path}: ${parsed.problem}`) };
  const { name, version, types } = parsed.value;
  return {
    ...where,
    "cni.valid": true,
    "cni.error": null,
    "cni.name": name,
    "cni.version": version,
    "cni.types": types,
  };
}

/** `cat` of one file prints no heading. Among other text it is no proof of a broken file. */
function pastedFacts(text: string, path: string): Facts {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  if (start < 0) return {};
  const alone = text.slice(0, start).trim() === "" && text.slice(end + 1).trim() === "";
  const content = end > start ? text.slice(start, end + 1) : text.slice(start);
  return alone || cniConfigIn(content).ok ? fileFacts(path, content) : {};
}
