import { expect, test } from "@jest/globals";
import { createLogger } from "./logger.ts";

function logged(write: (logger: ReturnType<typeof createLogger>) => void): unknown[] {
  const lines: string[] = [];
  write(createLogger("info", { write: (line: string) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}

test("one JSON object per line", () => {
  expect(logged((logger) => logger.info({ node: "worker-7" }, "line\nbreak"))).toMatchObject([
    { node: "worker-7", msg: "line\nbreak" },
  ]);
});

test("nothing below its level", () => {
  expect(logged((logger) => logger.debug("no"))).toEqual([]);
});

test("secrets are not written, wherever they stand", () => {
  const lines = logged((logger) =>
    logger.error({
      token: "s1",
      slack: { signingSecret: "s2" },
      request: { headers: { authorization: "s3" } },
      ssh: { passphrase: "s4" },
    }),
  );
  expect(JSON.stringify(lines)).not.toMatch(/s[1-4]"/);
});
