/** What somebody typed behind the slash command. */
export type NodeCommand =
  | { readonly kind: "why"; readonly name: string }
  | { readonly kind: "list" }
  | { readonly kind: "history"; readonly name: string }
  | { readonly kind: "causes" }
  /** null: of the last full week. */
  | { readonly kind: "digest"; readonly week: string | null }
  | { readonly kind: "help" }
  | { readonly kind: "unknown"; readonly word: string };

const longestText = 400;

/** `why worker-7`, `history worker-7`, `list`; a lone name is a question too. */
export function parseCommand(text: string): NodeCommand {
  const [word = "", name = ""] = text.slice(0, longestText).trim().split(/\s+/);
  switch (word.toLowerCase()) {
    case "why":
      return name === "" ? { kind: "help" } : { kind: "why", name };
    case "history":
      return name === "" ? { kind: "help" } : { kind: "history", name };
    case "list":
    case "ls":
      return { kind: "list" };
    case "causes":
      return { kind: "causes" };
    case "digest":
      return { kind: "digest", week: name === "" ? null : name };
    case "":
    case "help":
      return { kind: "help" };
    default:
      return name === "" && /\d|[-/.]/.test(word) ? { kind: "why", name: word } : { kind: "unknown", word };
  }
}

export function helpText(command: string): string {
  return [
    `${command} why NAME: why this node is not Ready (cluster/NAME where several clusters are known)`,
    `${command} list: the nodes that are not Ready, the longest first`,
    `${command} history NAME: what was seen on this node before`,
    `${command} digest [WEEK]: what a week looked like, such as 2026-W47; the last full one where none is named`,
    `${command} causes: what I can name`,
    "I only read. Nothing on a node is changed without a confirmed button.",
  ].join("\n");
}
