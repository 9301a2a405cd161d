import { parse } from "smol-toml";
import { messageOf } from "../../shared/errors.ts";
import { failed, ok, type Result } from "../../shared/result.ts";

/** A TOML document as plain data, or the parser's complaint on one line. */
export function tomlIn(content: string): Result<unknown, string> {
  try {
    return ok(parse(content));
  } catch (thrown) {
    return failed((messageOf(thrown).split("\n", 1)[0] ?? "").slice(0, 300));
  }
}
