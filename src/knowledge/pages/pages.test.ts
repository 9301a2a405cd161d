import { describe, expect, test } from "@jest/globals";
import { compileKnowledge } from "../compile.ts";
import { codeBlock, commandLine, inline } from "./markdown.ts";
import { pagesOf } from "./pages.ts";

const symptoms = `symptoms:
  - { id: end, title: NotReady, says: x, when: { log: 'NotReady' } }
`;
const full = `id: disk
title: The disk <broke>
area: hardware
maturity: stable
event: true
applies: all versions
owner: storage team
runbook: https://runbooks.example/disk
says: the disk {device} broke
what: >-
  A disk | breaks.
leads-to: [{ to: fs, within: 5m, says: its file system fails }, end]
rules:
  - { id: said, weight: proof, says: 'found {device} | broken', when: { log: 'disk broke' }, seen: [kernel 5, kernel 6] }
settle: [{ argv: [smartctl, -a, '/dev/my disk'], why: it tells }]
fixes:
  - action: null
    says: Replace it
    steps: [{ on: cloud, do: order one }, { argv: [mount, /dev/sdb] }]
    risk: high
    verify: it works
    lasting: true
never: [{ do: reboot, because: it may not come back }]
corrections: [{ source: a book, says: never breaks, right: it does }]
sources: ['https://example.org/a_b', 'a *book*']
cases: [{ name: broke, logs: { kernel: [disk broke] }, expect: { verdict: [confirmed, likely], by: [said] } }]
`;
const bare = (id: string, area: string): string =>
  `{ id: ${id}, title: The ${id}, area: ${area}, maturity: stable, says: x, what: x, leads-to: [end], sources: [x] }`;
const { knowledge } = compileKnowledge([
  [
    { path: "symptoms.yaml", text: symptoms },
    { path: "causes/hardware/disk.yaml", text: full },
    { path: "causes/filesystem/fs.yaml", text: bare("fs", "filesystem") },
    { path: "causes/none/none.yaml", text: bare("none", "none") },
  ],
]);
const pages = new Map(pagesOf(knowledge).map(({ path, text }) => [path, text]));

describe("the pages", () => {
  test("one per cause, their index and the graph; none for the cause that is none", () => {
    expect([...pages.keys()].sort()).toEqual([
      "causes/README.md",
      "causes/filesystem/fs.md",
      "causes/hardware/disk.md",
      "knowledge-graph.md",
      "knowledge-graph.svg",
    ]);
  });

  test.each([
    "# The disk &lt;broke>",
    "applies to all versions",
    "owner: storage team",
    "[runbook](https://runbooks.example/disk)",
    "A disk \\| breaks.",
    "| proof | `said` | found {device} \\| broken | kernel 5; kernel 6 |",
    "- [The fs](../filesystem/fs.md) (its file system fails; within 5m)",
    "- NotReady (symptom `end`)",
    "smartctl -a '/dev/my disk'",
    "### 1. Replace it (risk: high, lasting)",
    "# on the cloud: order one",
    "mount /dev/sdb  # on the node",
    "Verify: it works.",
    "- **reboot**: it may not come back.",
    '- a book says: "never breaks". Today: it does.',
    "| broke | confirmed or likely | `said` |",
    "- https://example.org/a_b",
    "- a \\*book\\*",
  ])("the page of a cause says: %s", (text) => {
    expect(
      pages
        .get("causes/hardware/disk.md")
        ?.split("\n")
        .some((line) => line.includes(text)),
    ).toBe(true);
  });

  test("a page names what may lie behind its cause, and has no heading without content", () => {
    const page = pages.get("causes/filesystem/fs.md") ?? "";
    expect(page).toContain("- [The disk &lt;broke>](../hardware/disk.md)");
    expect(page.match(/^## .*/gm)).toEqual(["## What it leads to", "## What may lie behind it", "## Sources"]);
  });

  test("every link to another page leads to one", () => {
    const targets = [...pages].flatMap(([path, text]) =>
      [...text.matchAll(/\]\(((?!https:)[^)]+\.(?:md|svg))\)/g)].map(([, to = ""]) =>
        new URL(to, `file:///${path}`).pathname.slice(1),
      ),
    );
    expect(targets.length).toBeGreaterThan(5);
    expect(targets.filter((target) => !pages.has(target))).toEqual([]);
  });

  test("the index counts what there is", () => {
    expect(pages.get("causes/README.md")).toContain(
      "| [The disk &lt;broke>](hardware/disk.md) | `disk` | yes | 1 | 1 |",
    );
  });
});

describe("Markdown", () => {
  test("shows text as it is", () => {
    expect(inline("a <b>\n *c* | d \\ e")).toBe("a &lt;b> \\*c\\* \\| d \\\\ e");
  });
  test("quotes what a shell would split", () => {
    expect(commandLine(["echo", "it's", "$HOME", "a=b", "{name}"])).toBe("echo 'it'\\''s' '$HOME' a=b {name}");
  });
  test("fences longer than what is inside", () => {
    expect(codeBlock(["echo ````"])[0]).toBe("`````sh");
  });
});
