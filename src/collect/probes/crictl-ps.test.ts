import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { crictlPs } from "./crictl-ps.ts";

/** crictl 1.34. */
const sample = `CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD                 NAMESPACE
0a1b2c3d4e5f6       lab/pause:1         2 minutes ago       Running             web                 0                   aaaabbbbccccd       web-1               default
1a1b2c3d4e5f6       lab/pause:1         5 minutes ago       Exited              web                 1                   aaaabbbbccccd       web-1               default`;

test("counts containers where all were asked for", () => {
  const asked = ["crictl", "--timeout", "5s", "ps", "-a"];
  expect(valuesOf(crictlPs, sample, { asked })).toEqual({ "cri.containers": 2, "cri.exited": 1, "cri.answers": "ok" });
  expect(valuesOf(crictlPs, sample, { asked: ["crictl ps"] })).toEqual({ "cri.answers": "ok" });
});
