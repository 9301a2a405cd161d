import { expect, test } from "@jest/globals";
import { unavailable } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { neighbourReachKubelet } from "./neighbour-reach-kubelet.ts";
import { neighbourReachSsh } from "./neighbour-reach-ssh.ts";

test("the better of both counts: one way that works shows that the host is up", () => {
  expect(valuesOf(neighbourReachSsh, "worker-2 timed-out\nworker-3 open\n")).toEqual({ "neighbour.reach.ssh": "open" });
  expect(valuesOf(neighbourReachKubelet, "worker-2 no-route\nworker-3 refused\n")).toEqual({
    "neighbour.reach.kubelet": "refused",
  });
});

test("a neighbour that was not reached itself says nothing", () => {
  expect(valuesOf(neighbourReachSsh, "worker-2 not-reached\nworker-3 timed-out\n")).toEqual({
    "neighbour.reach.ssh": "timed-out",
  });
  expect(valuesOf(neighbourReachSsh, "worker-2 not-reached\n")).toEqual({});
  expect(valuesOf(neighbourReachSsh, unavailable("unreachable", "x"))).toEqual({});
});
