import { expect, test } from "@jest/globals";
import { configSchema } from "../config/schema.ts";
import { checkOwners } from "./owners.ts";

const check = (owner: object): void =>
  checkOwners(
    configSchema.parse({ clusters: [{ name: "prod" }], owners: [{ owner: "sre", ...owner }] }),
    ["disk-full"],
    "c.yaml",
  );

test.each([[{}], [{ cause: "disk-full" }], [{ cluster: "prod", pool: "any" }]])("%p exists", (owner) => {
  expect(() => check(owner)).not.toThrow();
});

test.each([
  [{ cause: "disk-ful" }, /c\.yaml: owners\.0\.cause: .*did you mean disk-full/],
  [{ cluster: "prd" }, /owners\.0\.cluster: .*did you mean prod/],
])("%p does not exist", (owner, message) => {
  expect(() => check(owner)).toThrow(message);
});
