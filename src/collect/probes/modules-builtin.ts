import { isWhole, linesOf } from "../parse/answer.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe, type Known } from "../probe.ts";

/** The modules that are part of the kernel: an empty lsmod proves nothing without this list. */
export const modulesBuiltin = defineProbe({
  id: "modules-builtin",
  asks: "Which modules are built into the kernel?",
  provides: { "modules.builtin": { type: "list", says: "the modules built into the running kernel" } },
  after: ["kernel.version"],
  via: { source: "ssh", argv: ask },
  limits: { timeoutMs: 1_000, maxBytes: 256 * 1024 },
  recognises: whole((words) => words.some((word) => word.endsWith("/modules.builtin"))),
  read: (answer) => {
    const names = linesOf(answer).flatMap((line) => /^kernel\/\S{1,300}\/([\w-]{1,64})\.ko$/.exec(line)?.[1] ?? []);
    return names.length === 0 || !isWhole(answer)
      ? {}
      : { facts: { "modules.builtin": names.map((name) => name.replaceAll("-", "_")) } };
  },
});

function ask(known: Known): readonly string[] | null {
  const release = known.get("kernel.version");
  return typeof release === "string" && /^[\w.+~-]{1,120}$/.test(release)
    ? ["cat", `/lib/modules/${release}/modules.builtin`]
    : null;
}
