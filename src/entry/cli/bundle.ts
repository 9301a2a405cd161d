import { Command, InvalidArgumentError } from "commander";
import type { Answer, EvidenceSet } from "../../evidence/evidence.ts";
import { type Maskable, maskable, maskSet } from "../../evidence/mask/mask.ts";
import { redactSet } from "../../evidence/redact.ts";
import { type BundleView, bundleLines, maskedLine } from "../../present/text/bundle.ts";
import { OperatorError } from "../../shared/errors.ts";
import { printable } from "../../shared/printable.ts";
import type { CliIo } from "./io.ts";

export interface BundlePorts {
  readonly readBundle: (path: string) => Promise<EvidenceSet>;
  readonly writeBundle: (path: string, set: EvidenceSet) => Promise<void>;
}

export function bundleCommand(ports: BundlePorts, io: CliIo): Command {
  const bundle = new Command("bundle").description("look into saved evidence, or mask more of it");
  bundle
    .command("show")
    .argument("<file>", "a bundle that node-why collect saved")
    .argument("[probe]", "print what this probe was answered")
    .description("what a bundle holds, and what was masked in it")
    .action(async (file: string, probe: string | undefined) => {
      const set = await ports.readBundle(file);
      const lines = probe === undefined ? bundleLines(viewOf(set)) : answerLines(set, probe);
      if (lines.length === 0)
        throw new OperatorError(`${file} holds no answer of ${probe}`, [`node-why bundle show ${file}`]);
      io.out(`${lines.join("\n")}\n`);
    });
  bundle
    .command("redact")
    .argument("<file>", "a bundle")
    .requiredOption("-o, --output <file>", "where to save the masked one")
    .option("--mask <kinds>", "also mask addresses, names or both, joined by a comma", masksIn, [])
    .description("mask a bundle before it is given to strangers; it can still be judged")
    .action(async (file: string, { output, mask }: { output: string; mask: readonly Maskable[] }) => {
      const set = maskSet(redactSet(await ports.readBundle(file)), mask);
      await ports.writeBundle(output, set);
      io.out(`${output}: ${maskedLine(set.masked ?? {})}\n`);
    });
  return bundle;
}

/** `--mask addresses,names` */
export function masksIn(text: string): readonly Maskable[] {
  return text.split(",").map((word) => {
    const found = maskable.find((kind) => kind === word.trim());
    if (found === undefined) throw new InvalidArgumentError(`It may name ${maskable.join(" and ")}.`);
    return found;
  });
}

function viewOf({ node, cluster, at, masked = {}, items }: EvidenceSet): BundleView {
  const rows = items.map(({ source, probe, asked, answer }) => ({
    source,
    probe,
    asked,
    answered: answer.kind === "value",
    state: stateOf(answer),
  }));
  return { node, cluster, at, masked, rows };
}

function stateOf(answer: Answer): string {
  if (answer.kind === "absent") return "not there";
  if (answer.kind === "unavailable") return `not read: ${answer.reason}`;
  const size = answer.stdout.length + answer.stderr.length;
  const exit = answer.exitCode === null || answer.exitCode === 0 ? "" : `, exit ${answer.exitCode}`;
  return `${size} characters${answer.truncated ? ", cut" : ""}${exit}`;
}

/** Every answer of one probe, as a person reads it. */
function answerLines(set: EvidenceSet, probe: string): readonly string[] {
  return set.items
    .filter((item) => item.probe === probe)
    .flatMap(({ asked, answer }) => [
      `$ ${asked.join(" ")}`,
      ...(answer.kind === "value" ? [answer.stdout, answer.stderr].filter((text) => text !== "") : [stateOf(answer)]),
    ])
    .map(printable);
}
