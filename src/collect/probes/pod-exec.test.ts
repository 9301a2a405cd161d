import { expect, test } from "@jest/globals";
import { unavailable } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { podExec } from "./pod-exec.ts";

test("the pod's name, and nothing else", () => {
  expect(valuesOf(podExec, "monitoring/node-agent-x7k2p\n")).toEqual({ "access.pod": "monitoring/node-agent-x7k2p" });
  expect(valuesOf(podExec, "rm -rf /\n")).toEqual({});
  expect(valuesOf(podExec, unavailable("refused", "x"))).toEqual({});
});
