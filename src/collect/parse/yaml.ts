import { parseDocument } from "yaml";
import { failed, ok, type Result } from "../../shared/result.ts";

/** A YAML or JSON document as plain data, or the parser's complaint on one line. Aliases cannot blow it up. */
export function yamlIn(content: string): Result<unknown, string> {
  try {
    const document = parseDocument(content, { prettyErrors: true, logLevel: "silent" });
    const error = document.errors[0];
    if (error !== undefined) return failed(firstLine(error.message));
    return ok(document.toJS({ maxAliasCount: 50 }));
  } catch (thrown) {
    // Nested too deeply, or too many aliases: as unreadable to the kubelet as to us.
    return failed(thrown instanceof Error ? firstLine(thrown.message) : "unreadable");
  }
}

function firstLine(message: string): string {
  return (message.split("\n", 1)[0] ?? message).slice(0, 300);
}
