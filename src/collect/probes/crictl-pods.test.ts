import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { crictlPods } from "./crictl-pods.ts";

/** crictl 1.34. */
const head =
  "POD ID              CREATED             STATE               NAME                NAMESPACE           ATTEMPT             RUNTIME";
const row =
  "0a1b2c3d4e5f6       2 minutes ago       Ready               web-1               default             0                   (default)";

test("counts the sandboxes", () => {
  expect(valuesOf(crictlPods, `${head}\n${row}\nrc=0`)).toEqual({ "cri.pods": 1, "cri.answers": "ok" });
  expect(valuesOf(crictlPods, head)).toEqual({ "cri.pods": 0, "cri.answers": "ok" });
});

test("a cut table is no count", () => {
  expect(valuesOf(crictlPods, value(head, { truncated: true }))).toEqual({ "cri.answers": "ok" });
});
