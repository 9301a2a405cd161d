/**
 * Writes docs/transcript.md, and the answer at the top of README.md: what node-why says of the recorded nodes in
 * test/bundles, and a conversation with the real bot in a stand-in for Slack. Nothing here is typed by hand.
 *
 *   node tools/transcript.ts
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { knowledgeSource } from "../src/compose/knowledge.ts";
import { loadSettings } from "../src/config/load.ts";
import { wrapped } from "../src/demo/transcript/wrap.ts";
import { readBundle } from "../src/platform/files/bundle/bundle.ts";
import { answerOf } from "../src/present/answer.ts";
import { answerText } from "../src/present/text/answer.ts";
import { loadEngine } from "../src/usecases/load-engine.ts";
import { conversation } from "./transcript/conversation.ts";

const columns = 100;
const findingsShown = 2;
/** The answer a reader of README.md sees first: its loudest line is not its cause. */
const firstAnswer = "cri-disabled";

const bundles = new URL("../test/bundles/", import.meta.url);
const expectation = z.object({ node: z.string() });
const recorded = readdirSync(bundles)
  .filter((slug) => existsSync(new URL(`${slug}/bundle.json.gz`, bundles)))
  .sort((a, b) => Number(b === "healthy") - Number(a === "healthy") || a.localeCompare(b))
  .map((slug) => {
    const read = (name: string): string => readFileSync(new URL(`${slug}/${name}`, bundles), "utf8");
    const what = read("note.md")
      .replace(/^#.*\n+/, "")
      .trim();
    return { slug, what, node: expectation.parse(JSON.parse(read("expect.json"))).node };
  });
const engine = loadEngine(await knowledgeSource(loadSettings(undefined, {})));

const answers = new Map<string, string>();
for (const { slug, node } of recorded) answers.set(slug, await answered(slug, node));
const dir = await mkdtemp(join(tmpdir(), "node-why-transcript-"));
const talk = await conversation({ recordings: fileURLToPath(bundles), dir, columns }).finally(() =>
  rm(dir, { recursive: true, force: true }),
);

writeFileSync(new URL("../docs/transcript.md", import.meta.url), page());
const readme = new URL("../README.md", import.meta.url);
writeFileSync(readme, withAnswer(readFileSync(readme, "utf8"), answers.get(firstAnswer) ?? ""));
console.log(`${answers.size} answers, 1 conversation`);
process.exit(0);

async function answered(slug: string, node: string): Promise<string> {
  const set = await readBundle(fileURLToPath(new URL(`${slug}/bundle.json.gz`, bundles)));
  const answer = answerOf(engine.judge(set).report);
  const evidence = answer.evidence.slice(0, findingsShown);
  const left = answer.evidence.length - evidence.length;
  const note = left > 0 ? [`  … and ${left} more`] : [];
  const lines = answerText({ ...answer, evidence })
    .trimEnd()
    .split("\n");
  const last = lines.pop() ?? "";
  return [`$ node-why why ${node}`, ...lines.flatMap(laidOut), ...note, last].join("\n");
}

/** As a terminal of so many columns breaks it; the lines of a log are cut instead, which the page says. */
function laidOut(line: string): readonly string[] {
  if (line.startsWith("      ")) return [line.length <= columns ? line : `${line.slice(0, columns - 2)} …`];
  const indent = line.startsWith("  - ") ? "    " : "  ";
  const [first = "", ...rest] = wrapped(line, columns - indent.length);
  return [first, ...rest.map((each) => `${indent}${each}`)];
}

function fenced(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}

function page(): string {
  const faulty = recorded.filter(({ slug }) => slug !== "healthy");
  const sections = recorded.map(({ slug, what }) => `## ${slug}\n\n${what}\n\n${fenced(answers.get(slug) ?? "")}`);
  return `${[
    "# Transcript",
    [
      `${faulty.length} faults and one healthy node. Each fault was made on a real node (systemd, sshd, containerd,`,
      "kubelet, a real API server), never by writing log lines. What the probes read there is kept in `test/bundles`, and",
      "these are the answers to it, as `node-why why --bundle FILE` gives them too. Made by `node tools/transcript.ts`;",
      "nothing is edited.",
    ].join("\n"),
    [
      `Lines are broken at ${columns} columns. Of the evidence the first ${findingsShown} findings are shown, and long log lines are cut;`,
      "`node-why why NODE --json` prints everything. The recorded nodes are system containers on one machine: they run no",
      "pods, so nobody is hurt, and they share a kernel, whose log is in every recording.",
    ].join("\n"),
    ...sections,
    "## In Slack",
    [
      "The real bot, the same recordings served over HTTPS and SSH on loopback, and a stand-in for Slack that enforces",
      "Slack's limits. The times of a recording are moved to now; threads are shortened. The fix restarts nothing real: its",
      "restart makes the practice node answer as a recorded healthy one. It waits 3 s for proof, where a real one waits 5 minutes.",
    ].join("\n"),
    fenced(talk.trim()),
  ].join("\n\n")}\n`;
}

/** Between the two marks of README.md. */
function withAnswer(text: string, answer: string): string {
  const marks = /(<!-- answer:begin -->\n)[\s\S]*?(<!-- answer:end -->)/;
  if (!marks.test(text)) throw new Error("README.md has no marks for the answer");
  return text.replace(marks, (_all, begin: string, end: string) => `${begin}${fenced(answer)}\n${end}`);
}
