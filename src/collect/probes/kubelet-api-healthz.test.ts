import { expect, test } from "@jest/globals";
import { unavailable, value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { kubeletApiHealthz } from "./kubelet-api-healthz.ts";

const said = (text: string, exitCode: number) => valuesOf(kubeletApiHealthz, value(text, { exitCode }));

/** Kubernetes 1.34: checks in the order ping, log, syncloop (k8s.io/apiserver/pkg/server/healthz). */
const failing = "[+]ping ok\n[+]log ok\n[-]syncloop failed: reason withheld\nhealthz check failed\n";

test("a healthy kubelet says ok, one whose loop stands still names the check", () => {
  expect(said("ok", 0)).toEqual({ "kubelet.healthz": "ok", "kubelet.healthzMessage": null });
  expect(said(failing, 1)).toEqual({ "kubelet.healthz": "other", "kubelet.healthzMessage": failing.trim() });
});

test("anything else says nothing of its health", () => {
  expect(said("<html>a proxy</html>", 0)).toEqual({});
  expect(valuesOf(kubeletApiHealthz, unavailable("refused", "x"))).toEqual({});
});
