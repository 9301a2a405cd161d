import type { Compiled } from "./compile.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Suggest } from "./lint-suggest.ts";
import type { Problem } from "./parse.ts";

/** Edges that lead nowhere or in a circle, causes that lead to no symptom, and symptoms that nothing leads to. */
export function lintGraph({ knowledge, places }: Compiled, suggest: Suggest): readonly Problem[] {
  const found: Problem[] = [];
  const inCause = (id: string, path: readonly PropertyKey[], message: string): void => {
    found.push({ ...(places.causes.get(id)?.(path) ?? { file: id, line: null }), message });
  };
  const inSymptom = (id: string, path: readonly PropertyKey[], message: string): void => {
    found.push({ ...(places.symptoms.get(id)?.(path) ?? { file: "symptoms.yaml", line: null }), message });
  };
  const ids = [...knowledge.causes.keys(), ...knowledge.symptoms.keys()];
  const stray = (id: string): ReturnType<typeof strayEdges> => strayEdges(id, knowledge, (to) => suggest(to, ids));
  const explained = reachable(knowledge, [...knowledge.causes.keys()]);
  const explaining = leadingToSymptoms(knowledge);
  for (const { id, area } of knowledge.causes.values()) {
    for (const [index, problem] of stray(id)) inCause(id, ["leads-to", index], problem);
    if (area !== "none" && !explaining.has(id)) inCause(id, ["leads-to"], "leads to no symptom");
  }
  for (const id of knowledge.symptoms.keys()) {
    for (const [index, problem] of stray(id)) inSymptom(id, ["leads-to", index], problem);
    if (!explained.has(id)) inSymptom(id, ["id"], `no cause leads to the symptom ${id}`);
  }
  for (const way of circles(knowledge)) {
    const [start = ""] = way;
    const tell = knowledge.causes.has(start) ? inCause : inSymptom;
    tell(start, ["leads-to"], `edges go in a circle: ${way.join(" > ")}`);
  }
  return found;
}

function strayEdges(
  id: string,
  { causes, symptoms, edges }: Knowledge,
  nearest: (to: string) => string,
): readonly (readonly [number, string])[] {
  return (edges.get(id) ?? []).flatMap(({ to }, index) => {
    if (causes.has(to) || symptoms.has(to)) return [];
    return [[index, `leads to ${to}, which is neither a cause nor a symptom${nearest(to)}`] as const];
  });
}

/** Everything that edges lead to from these, themselves left out. */
function reachable(knowledge: Knowledge, from: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { to } of knowledge.edges.get(id) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      open.push(to);
    }
  }
  return found;
}

/** Every id from which edges lead to a symptom: found backwards, so that long chains cost no more than short ones. */
function leadingToSymptoms({ symptoms, edges }: Knowledge): ReadonlySet<string> {
  const back = new Map<string, string[]>();
  for (const [from, each] of edges) {
    for (const { to } of each) {
      const sources = back.get(to) ?? [];
      sources.push(from);
      back.set(to, sources);
    }
  }
  const found = new Set<string>();
  const open = [...symptoms.keys()];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const from of back.get(id) ?? []) {
      if (found.has(from)) continue;
      found.add(from);
      open.push(from);
    }
  }
  return found;
}

/** One circle for each edge that closes one. Walked with a stack of its own: a chain may have thousands of links. */
function circles({ edges }: Knowledge): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const done = new Set<string>();
  for (const start of edges.keys()) {
    if (!done.has(start)) walkFrom(start, edges, done, found);
  }
  return found;
}

function walkFrom(start: string, edges: Knowledge["edges"], done: Set<string>, found: (readonly string[])[]): void {
  const way = [{ id: start, next: 0 }];
  const onWay = new Set([start]);
  for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
    const to = edges.get(here.id)?.[here.next]?.to;
    here.next += 1;
    if (to === undefined) {
      way.pop();
      onWay.delete(here.id);
      done.add(here.id);
    } else if (onWay.has(to)) {
      const ids = way.map(({ id }) => id);
      found.push([...ids.slice(ids.indexOf(to)), to]);
    } else if (!done.has(to) && edges.has(to)) {
      way.push({ id: to, next: 0 });
      onWay.add(to);
    }
  }
}
