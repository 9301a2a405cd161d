import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { scopesFor } from "../src/usecases/doctor/slack.ts";
import { grantParts } from "../tools/doc-grants.ts";

const text = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const parts = await grantParts();

function shown(name: string): string | undefined {
  return new RegExp(`<!-- ${name}:begin -->\n([\\s\\S]*?)\n<!-- ${name}:end -->`).exec(text("docs/security.md"))?.[1];
}

test("docs/security.md shows what may change a node as it is now (node tools/doc-parts.ts)", () => {
  expect(shown("acting")).toBe(parts.acting);
});

/** What is read grows with every probe; `tools/doc-parts.ts` writes it anew. */
test.each(Object.keys(parts))(
  "docs/security.md has a place for %s, and nothing in it is wider than reading",
  (name) => {
    expect(shown(name)).toMatch(/\S/);
    expect(shown(name)).not.toMatch(/nodes\/proxy|pods\/exec|NOPASSWD: ALL|verbs: .*\b(create|update|patch|delete|\*)/);
  },
);

test("every scope that doctor wants is in the README", () => {
  const scopes = scopesFor({ channels: [], mode: "socket", userGroups: true, digest: true });
  const readme = text("README.md");
  expect(scopes.filter((scope) => !readme.includes(`\`${scope}\``))).toEqual([]);
});
