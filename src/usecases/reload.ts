import type { Problem } from "../knowledge/parse.ts";
import type { Engine } from "./engine.ts";
import { makeEngine } from "./engine.ts";
import { type KnowledgeSource, lintAll } from "./load-engine.ts";

/** What became of a reload. The engine is the one to answer with from now on. */
export type Reload =
  | { readonly kind: "changed"; readonly engine: Engine; readonly from: string; readonly to: string }
  | { readonly kind: "same"; readonly engine: Engine }
  /** The new knowledge is not right, so the old one stays. */
  | { readonly kind: "kept"; readonly engine: Engine; readonly problems: readonly Problem[] };

/** Takes the new knowledge if nothing is wrong with it, else keeps the engine there is. Never throws for what files hold. */
export function reload(current: Engine, source: KnowledgeSource): Reload {
  const { compiled, problems } = lintAll(source);
  if (problems.length > 0) return { kind: "kept", engine: current, problems };
  const { knowledge } = compiled;
  const from = current.knowledge.digest;
  if (knowledge.digest === from) return { kind: "same", engine: current };
  return {
    kind: "changed",
    engine: makeEngine(source.registry, knowledge, source.version),
    from,
    to: knowledge.digest,
  };
}

const mostShown = 5;

/** The reload in words, for the log and for whoever asked. */
export function reloadText(outcome: Reload): string {
  if (outcome.kind === "same") return `the knowledge is unchanged (${outcome.engine.knowledge.digest})`;
  if (outcome.kind === "changed") {
    return `new knowledge ${outcome.to} in place of ${outcome.from}: ${outcome.engine.knowledge.causes.size} causes`;
  }
  const { problems, engine } = outcome;
  const shown = problems.slice(0, mostShown).map(({ file, line, message }) => `${file}:${line ?? 1}: ${message}`);
  const rest = problems.length > mostShown ? [`and ${problems.length - mostShown} more`] : [];
  return [
    `the new knowledge has ${problems.length} problems; answers still come from ${engine.knowledge.digest}`,
    ...shown,
    ...rest,
  ].join("\n");
}
