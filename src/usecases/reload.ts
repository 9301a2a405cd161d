import { messageOf, OperatorError } from "../shared/errors.ts";
import type { Engine } from "./engine.ts";
import { makeEngine } from "./engine.ts";
import { type KnowledgeSource, lintAll, problemText } from "./load-engine.ts";

/** What became of a reload. The engine is the one to answer with from now on. */
export type Reload =
  | { readonly kind: "changed"; readonly engine: Engine; readonly from: string; readonly to: string }
  | { readonly kind: "same"; readonly engine: Engine }
  /** The new knowledge is not right, so the old one stays. Each problem with file, line and reason. */
  | { readonly kind: "kept"; readonly engine: Engine; readonly problems: readonly string[] };

/** Takes the new knowledge if nothing is wrong with it, else keeps the engine there is. Never throws for what files hold. */
export function reload(current: Engine, source: KnowledgeSource): Reload {
  const { compiled, problems } = lintAll(source);
  if (problems.length > 0) return { kind: "kept", engine: current, problems: problems.map(problemText) };
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

/** An engine that can be exchanged while it answers; who took one answers with it to the end. */
export interface LiveEngine {
  readonly engine: Engine;
  /** What became of the last reload; null: there was none. */
  readonly last: Reload | null;
  /** One after the other. A folder that cannot be read keeps the old engine, as a wrong file does. */
  readonly reload: () => Promise<Reload>;
}

/** `check` throws an OperatorError where an engine does not fit the config. */
export function liveEngine(
  first: Engine,
  read: () => Promise<KnowledgeSource>,
  check: (engine: Engine) => void,
): LiveEngine {
  let engine = first;
  let last: Reload | null = null;
  let running: Promise<unknown> = Promise.resolve();
  const once = async (): Promise<Reload> => {
    const outcome = await tried(engine, read, check);
    engine = outcome.engine;
    last = outcome;
    return outcome;
  };
  return {
    get engine() {
      return engine;
    },
    get last() {
      return last;
    },
    reload: () => {
      const next = running.then(once);
      running = next.catch(() => undefined);
      return next;
    },
  };
}

async function tried(
  current: Engine,
  read: () => Promise<KnowledgeSource>,
  check: (engine: Engine) => void,
): Promise<Reload> {
  try {
    const outcome = reload(current, await read());
    check(outcome.engine);
    return outcome;
  } catch (thrown) {
    if (!(thrown instanceof OperatorError)) throw thrown;
    return { kind: "kept", engine: current, problems: [messageOf(thrown)] };
  }
}

const mostShown = 5;

/** The reload in words, for the log and for whoever asked. */
export function reloadText(outcome: Reload): string {
  if (outcome.kind === "same") return `the knowledge is unchanged (${outcome.engine.knowledge.digest})`;
  if (outcome.kind === "changed") {
    return `new knowledge ${outcome.to} in place of ${outcome.from}: ${outcome.engine.knowledge.causes.size} causes`;
  }
  const { problems, engine } = outcome;
  const rest = problems.length > mostShown ? [`and ${problems.length - mostShown} more`] : [];
  return [
    `the new knowledge has ${problems.length} ${problems.length === 1 ? "problem" : "problems"}; answers still come from ${engine.knowledge.digest}`,
    ...problems.slice(0, mostShown),
    ...rest,
  ].join("\n");
}
