import { Document, isScalar, visit } from "yaml";
import { printable } from "../../shared/printable.ts";

/** Several objects in one file, as kubectl takes it. `remarks` are comments at its head. */
export function manifestsText(manifests: readonly object[], remarks: readonly string[]): string {
  return `${comments(remarks)}${manifests.map(manifestText).join("---\n")}`;
}

/** Lists of words stay on their line, as people write roles. */
function manifestText(manifest: object): string {
  const document = new Document(manifest);
  visit(document, {
    Seq: (_, list) => {
      list.flow = list.items.every(isScalar);
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

export interface SudoersView {
  readonly version: string;
  readonly user: string;
  /** `Defaults` that hold for this user. */
  readonly defaults: string;
  readonly remarks: readonly string[];
  /** A rule, and the ids of what needs it. */
  readonly rules: readonly { readonly line: string; readonly of: readonly string[] }[];
}

/** A file for /etc/sudoers.d. */
export function sudoersText({ version, user, defaults, remarks, rules }: SudoersView): string {
  const head = [`/etc/sudoers.d/${user}, made by node-why ${version}. Check it with: visudo -cf FILE`, ...remarks];
  const parts = [...Map.groupBy(rules, ({ of }) => of.join(", "))].map(
    ([of, same]) => `# ${of}\n${same.map(({ line }) => `${line}\n`).join("")}`,
  );
  return `${comments(head)}${defaults}\n\n${parts.join("")}`;
}

/** Ready to be added or taken out, line by line. */
export function sudoersDiffText({ added, removed }: { added: readonly string[]; removed: readonly string[] }): string {
  const part = (title: string, sign: string, lines: readonly string[]): string =>
    lines.length === 0 ? "" : `# ${title}\n${lines.map((line) => `${sign} ${line}\n`).join("")}`;
  const text = part("to add", "+", added) + part("no longer needed", "-", removed);
  return text === "" ? "nothing to change\n" : printable(text);
}

const comments = (lines: readonly string[]): string => lines.map((line) => `# ${line}\n`).join("");
