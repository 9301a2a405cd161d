import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { judgeCase } from "../src/usecases/case-report.ts";
import { realEngine } from "./support/engine.ts";

/** Incidents kept beside the checkout; where they are not there, these tests are skipped and say so. */
const folders = ["cases", "lab-cases"].map((name) => fileURLToPath(new URL(`../../shared/${name}/`, import.meta.url)));
const files = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}${name}`));
const here = files.length > 0 ? describe : describe.skip;

here("incidents with a known root", () => {
  test("everything but the evidence, the time and the year may be scrambled", async () => {
    const engine = await realEngine();
    for (const file of files) {
      const text = readFileSync(file, "utf8");
      const whole = parse(text) as Record<string, unknown>;
      const { evidence, at, year } = whole;
      const scrambled = stringify({
        summary: "x",
        id: "y",
        root_cause: { label: "z" },
        fix: "w",
        ...(at ? { at } : {}),
        ...(year ? { year } : {}),
        evidence,
      });
      const [plain, other] = [text, scrambled].map((each) =>
        JSON.stringify(judgeCase(engine, "case.yaml", each).report),
      );
      expect(other).toBe(plain);
    }
  });
});
