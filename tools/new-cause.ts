/**
 * Writes the skeleton of a knowledge file. What is still to be written says TODO, and `knowledge lint` names each place.
 *
 *   npm run new:cause -- <area> <id> [--dir knowledge]
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Area, areas } from "../src/knowledge/schema.ts";

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ options: { dir: { type: "string" } }, allowPositionals: true });
  process.exitCode = newCause(positionals, values.dir ?? fileURLToPath(new URL("../knowledge", import.meta.url)));
}

/** 0: written; 2: refused, with the reason on standard error. */
export function newCause([area = "", id = ""]: readonly string[], dir: string): number {
  const path = join(dir, "causes", area, `${id}.yaml`);
  const reason = refusal(area, id, path);
  if (reason !== null) {
    process.stderr.write(`${reason}\n`);
    return 2;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, skeleton(area as Area, id), { flag: "wx" });
  process.stdout.write(`${path}\nFill in every TODO, then: node-why knowledge lint && node-why knowledge test\n`);
  return 0;
}

function refusal(area: string, id: string, path: string): string | null {
  if (!(areas as readonly string[]).includes(area))
    return `no area is called "${area}"; there are: ${areas.join(", ")}`;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) return `an id is words of a-z and 0-9 joined by -, not "${id}"`;
  return existsSync(path) ? `${path} is there already` : null;
}

export function skeleton(area: Area, id: string): string {
  return `id: ${id}
title: TODO, what is wrong, as a headline
area: ${area}
# sandbox: not asked yet. incubating and stable: asked.
maturity: incubating
# As a part of the first line of an answer; {name} is what a rule below binds.
says: TODO
# What happens and why, two to six sentences that teach.
what: TODO
# Symptoms (symptoms.yaml) and causes that follow from it.
leads-to: []
rules:
  # proof: it can be nothing else. strong: likely. hint: possible. against, excludes: speaks against it, rules it out.
  - id: says-so-itself
    weight: proof
    says: TODO, what was found
    # RE2, on one line, anywhere in it, in every version: no quotes, words joined by .{0,3}. Or { fact: name, is: value }.
    when: { log: 'TODO' }
    seen: TODO, component, versions, link
  - id: look-alike
    weight: excludes
    says: TODO, what shows that it is something else
    when: { fact: TODO, is: true }
# What to look at by hand where no rule can tell.
settle:
  - { argv: [TODO], why: TODO }
# Safe first. Commands are lists of words; NODE is the node's name.
fixes:
  - says: TODO
    steps: [{ argv: [TODO] }]
    risk: low
    verify: TODO, how to see that it worked
# What does not help, or harms.
never:
  - { do: TODO, because: TODO }
sources: [TODO]
cases:
  - name: it fires
    logs: { kubelet: [] }
    expect: { verdict: confirmed, by: [says-so-itself], root: true }
  - name: a look-alike
    facts: {}
    expect: { verdict: absent }
  - name: nothing could be read
    unavailable: [kubelet]
    expect: { verdict: unknown }
`;
}
