import { describe, expect, test } from "@jest/globals";
import { OperatorError } from "../shared/errors.ts";
import { type KnowledgeSource, loadEngine } from "./load-engine.ts";
import { liveEngine, reload, reloadText } from "./reload.ts";

const symptoms = (says: string): { path: string; text: string } => ({
  path: "symptoms.yaml",
  text: `symptoms:
  - { id: node-not-ready, title: NotReady, says: ${says}, when: { log: 'NotReady' } }
`,
});
const cause = {
  path: "causes/kernel/broken.yaml",
  text: `id: broken
title: It broke
area: kernel
maturity: stable
says: it broke
what: It broke.
leads-to: [node-not-ready]
rules: [{ id: said, weight: proof, says: it broke, when: { log: 'it broke' }, seen: here }]
sources: [x]
cases:
  - { name: broke, logs: { kernel: [it broke] }, expect: { verdict: confirmed } }
  - { name: not seen, expect: { verdict: unknown } }
`,
};
const source = (...files: readonly { path: string; text: string }[]): KnowledgeSource => ({
  registry: { probes: [], readers: [], derivations: [] },
  folders: [files],
  actions: [],
  version: "test",
});

describe("a reload", () => {
  const current = loadEngine(source(symptoms("NotReady"), cause));

  test("of the same files changes nothing", () => {
    expect(reload(current, source(symptoms("NotReady"), cause))).toEqual({ kind: "same", engine: current });
  });

  test("of right files answers from them", () => {
    const outcome = reload(current, source(symptoms("down"), cause));
    expect(outcome).toMatchObject({ kind: "changed", from: current.knowledge.digest });
    expect(outcome.engine.knowledge.symptoms.get("node-not-ready")?.says).toBe("down");
    expect(
      outcome.engine.judge({ schema: 1, node: null, cluster: null, at: null, year: null, items: [] }),
    ).toBeDefined();
  });

  test.each<[string, string, number]>([
    ["a pattern that is not of RE2", cause.text.replace("log: 'it broke'", "log: '(?=it) broke'"), 8],
    ["an unknown fact", cause.text.replace("log: 'it broke'", "fact: it.broke, is: true"), 8],
    ["no YAML", "{{{{", 1],
    ["a NUL", cause.text.replace("It broke.", "It\0broke."), 6],
    ["nothing", "", 1],
  ])("of a file with %s keeps the old knowledge and says why", (_, text, line) => {
    const outcome = reload(current, source(symptoms("NotReady"), { ...cause, text }));
    expect(outcome).toMatchObject({ kind: "kept", engine: current });
    expect(reloadText(outcome)).toContain(`${cause.path}:${line}: `);
    expect(reloadText(outcome)).toContain(current.knowledge.digest);
  });
});

describe("a live engine", () => {
  const first = loadEngine(source(symptoms("NotReady"), cause));
  const fits = (): void => undefined;
  const refuses = (): void => {
    throw new OperatorError("own: cannot be read");
  };
  const sources = (...each: readonly (() => KnowledgeSource)[]): (() => Promise<KnowledgeSource>) => {
    const left = [...each];
    return async () => left.shift()?.() ?? source(symptoms("NotReady"), cause);
  };
  const unreadable = (): KnowledgeSource => {
    throw new OperatorError("own: cannot be read");
  };

  test("answers from the new knowledge once it was read, and from the same where reading fails", async () => {
    const live = liveEngine(
      first,
      sources(() => source(symptoms("down"), cause), unreadable),
      fits,
    );
    expect([live.engine, live.last]).toEqual([first, null]);
    const changed = await live.reload();
    expect(changed.kind).toBe("changed");
    expect(live.engine).toBe(changed.engine);
    expect(await live.reload()).toMatchObject({ kind: "kept", problems: ["own: cannot be read"] });
    expect(live.engine).toBe(changed.engine);
    expect(live.last?.kind).toBe("kept");
  });

  test("is kept where the new one does not fit the config", async () => {
    const live = liveEngine(
      first,
      sources(() => source(symptoms("down"), cause)),
      refuses,
    );
    expect((await live.reload()).kind).toBe("kept");
    expect(live.engine).toBe(first);
  });

  test("reloads one after the other, also behind one that failed", async () => {
    const bug = (): KnowledgeSource => {
      throw new Error("a bug");
    };
    const live = liveEngine(
      first,
      sources(bug, () => source(symptoms("down"), cause)),
      fits,
    );
    const [failed, second] = await Promise.allSettled([live.reload(), live.reload()]);
    expect([failed.status, second.status]).toEqual(["rejected", "fulfilled"]);
    expect(live.engine.knowledge.symptoms.get("node-not-ready")?.says).toBe("down");
  });
});
