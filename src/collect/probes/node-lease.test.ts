import { expect, test } from "@jest/globals";
import { absent } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { nodeLease } from "./node-lease.ts";

/** kube-apiserver 1.34. */
const sample = `{
 "kind": "Lease",
 "apiVersion": "coordination.k8s.io/v1",
 "metadata": { "name": "n3", "namespace": "kube-node-lease" },
 "spec": { "holderIdentity": "n3", "leaseDurationSeconds": 8, "renewTime": "2026-11-21T02:12:03.399985Z" }
}`;

test("reads the lease", () => {
  expect(valuesOf(nodeLease, sample)).toEqual({
    "lease.renewTime": "2026-11-21T02:12:03.399Z",
    "lease.durationSeconds": 8,
  });
});

test("a missing lease is absent, another object says nothing", () => {
  expect(valuesOf(nodeLease, absent("404"))).toEqual({ "lease.renewTime": null, "lease.durationSeconds": null });
  expect(valuesOf(nodeLease, '{"kind":"Status"}')).toEqual({});
});
