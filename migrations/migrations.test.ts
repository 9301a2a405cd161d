import { readdirSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { migrations } from "./index.ts";

test("every file in this folder is in the list, in the order of its number", () => {
  const files = readdirSync(new URL(".", import.meta.url)).filter((name) => /^\d/.test(name));
  expect(migrations.map(({ id }) => `${id}.ts`)).toEqual(files.toSorted());
});
