import { describe, expect, test } from "@jest/globals";
import { compileKnowledge } from "../compile.ts";
import type { Knowledge } from "../knowledge.ts";
import { drawingOf } from "./drawing.ts";
import { box, layOut } from "./layout.ts";
import { mermaidOf } from "./mermaid.ts";
import { svgOf } from "./svg.ts";

const symptoms = `symptoms:
  - { id: end, title: NotReady, says: x, when: { log: 'NotReady' } }
  - { id: down, title: Down, says: x, leads-to: [end], when: { log: 'is down' } }
`;
const cause = (id: string, area: string, leadsTo: string, title = "A title"): { path: string; text: string } => ({
  path: `causes/${area}/${id}.yaml`,
  text: `{ id: ${id}, title: ${title}, area: ${area}, maturity: stable, says: x, what: x, leads-to: [${leadsTo}], sources: [x] }`,
});
const knowledge = (...files: readonly { path: string; text: string }[]): Knowledge =>
  compileKnowledge([[{ path: "symptoms.yaml", text: symptoms }, ...files]]).knowledge;

const small = knowledge(
  cause("disk", "hardware", "fs, runtime, down, end"),
  cause("fs", "filesystem", "runtime, end", "'<Full> & \"over\"'"),
  cause("runtime", "runtime", "down"),
  cause("none", "none", ""),
);

describe("the drawing", () => {
  test("leaves out edges that a longer way replaces, and the cause that is none", () => {
    const { nodes, edges } = drawingOf(small);
    expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual(["disk fs", "fs runtime", "runtime down", "down end"]);
    expect(nodes.map(({ id, depth }) => [id, depth])).toEqual([
      ["disk", 2],
      ["fs", 1],
      ["runtime", 0],
      ["down", 1],
      ["end", 0],
    ]);
  });

  test("as Mermaid, whole and of one area with what it leads to", () => {
    const whole = mermaidOf(drawingOf(small));
    expect(whole.match(/-->/g)).toHaveLength(4);
    expect(mermaidOf(drawingOf(small), "filesystem").split("\n")).toEqual([
      "flowchart LR",
      '  subgraph a_filesystem["filesystem"]',
      '    c_fs["fs"]',
      "  end",
      '  subgraph a_runtime["runtime"]',
      '    c_runtime("runtime")',
      "  end",
      "  c_fs --> c_runtime",
      "",
    ]);
  });

  test("as SVG: every node and edge once, titles as text and not as markup", () => {
    const svg = svgOf(drawingOf(small));
    expect(svg.match(/<g class="node/g)).toHaveLength(5);
    expect(svg.match(/<path class="edge"/g)).toHaveLength(4);
    expect(svg).toContain("<title>&lt;Full&gt; &amp; &quot;over&quot;</title>");
    expect(svg).not.toContain("NaN");
  });

  test("of nothing at all is still a picture", () => {
    const empty = drawingOf({ ...small, causes: new Map(), symptoms: new Map(), edges: new Map() });
    expect(svgOf(empty)).not.toMatch(/NaN|Infinity/);
    expect(mermaidOf(empty)).toBe("flowchart LR\n");
  });
});

describe("the layout", () => {
  const many = knowledge(
    ...Array.from({ length: 40 }, (_, index) =>
      cause(`c${index}`, index % 2 ? "kernel" : "runtime", index < 20 ? `c${index + 20}` : "down"),
    ),
  );
  const { nodes, bands, width, height } = layOut(drawingOf(many));

  test("no two boxes overlap, and all lie inside the picture", () => {
    const pairs = nodes.flatMap((a, index) => nodes.slice(index + 1).map((b) => [a, b] as const));
    const apart = pairs.filter(([a, b]) => Math.abs(a.x - b.x) >= box.width || Math.abs(a.y - b.y) >= box.height);
    expect(apart).toHaveLength(pairs.length);
    const inside = nodes.filter(({ x, y }) => x >= 0 && y >= 0 && x + box.width <= width && y + box.height <= height);
    expect(inside).toHaveLength(nodes.length);
  });

  test("a cause lies in its area's band, and left of what it leads to", () => {
    const { edges } = drawingOf(many);
    const at = new Map(nodes.map((node) => [node.id, node]));
    const rightwards = edges.filter(({ from, to }) => (at.get(from)?.x ?? 0) < (at.get(to)?.x ?? 0));
    expect(rightwards).toHaveLength(edges.length);
    for (const { area, y } of nodes) {
      const band = bands.find((each) => each.area === area);
      if (band) expect(y >= band.y && y + box.height <= band.y + band.height).toBe(true);
    }
  });
});
