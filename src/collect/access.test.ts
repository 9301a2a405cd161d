import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { accessOf } from "./access.ts";

test.each([
  ["/api/v1/nodes?limit=5", ["", "v1", "nodes", null, null, null, "list"]],
  ["/api/v1/nodes/n%2d1/proxy/healthz", ["", "v1", "nodes", "proxy", null, "n-1", "get"]],
  ["/api/v1/namespaces/a/pods/p/log", ["", "v1", "pods", "log", "a", "p", "get"]],
  ["/api/v1/namespaces/a", ["", "v1", "namespaces", null, null, "a", "get"]],
  ["/apis/apps/v1/namespaces/a/daemonsets", ["apps", "v1", "daemonsets", null, "a", null, "list"]],
] as const)("%s", (path, [group, version, resource, subresource, namespace, name, verb]) => {
  const access = { kind: "resource", group, version, resource, subresource, namespace, name, verb };
  expect(accessOf(path)).toEqual(access);
});

test.each(["/version", "/readyz", "/apis", "/api/v1"])("%s is a path of its own", (path) => {
  expect(accessOf(path)).toEqual({ kind: "path", path });
});

const word = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,20}$/);

test("a name comes back as it went in", () => {
  fc.assert(
    fc.property(word, word, (namespace, name) => {
      expect(accessOf(`/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${name}`)).toMatchObject({
        namespace,
        name,
      });
    }),
  );
});
