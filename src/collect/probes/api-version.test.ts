import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { apiVersion } from "./api-version.ts";

/** kube-apiserver 1.34, with the Date header where the source puts it. */
const answer = value('{\n  "major": "1",\n  "minor": "34",\n  "gitVersion": "v1.34.4"\n}', {
  stderr: "date: Sat, 21 Nov 2026 14:10:31 GMT",
});

test("reads version and clock", () => {
  expect(valuesOf(apiVersion, answer, { evidenceAt: "2026-11-21T14:10:36.400Z" })).toEqual({
    "api.version": "v1.34.4",
    "api.time": "2026-11-21T14:10:31Z",
    "api.offsetSeconds": -5,
  });
});

test("without a time of asking there is no offset", () => {
  expect(valuesOf(apiVersion, answer)).not.toHaveProperty("api.offsetSeconds");
});
