import { expect, test } from "@jest/globals";
import { rbacRuleFor } from "./grant.ts";

test.each([
  ["/api/v1/nodes", '{apiGroups: [""], resources: ["nodes"], verbs: ["list"]}'],
  ["/api/v1/nodes/n1", '{apiGroups: [""], resources: ["nodes"], verbs: ["get"]}'],
  ["/api/v1/nodes/n1/proxy/healthz", '{apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"]}'],
  ["/api/v1/pods?fieldSelector=spec.nodeName=n1", '{apiGroups: [""], resources: ["pods"], verbs: ["list"]}'],
  ["/api/v1/namespaces", '{apiGroups: [""], resources: ["namespaces"], verbs: ["list"]}'],
  ["/api/v1/namespaces/kube-system", '{apiGroups: [""], resources: ["namespaces"], verbs: ["get"]}'],
  ["/api/v1/namespaces/a/pods/p/log", '{apiGroups: [""], resources: ["pods/log"], verbs: ["get"]}'],
  [
    "/apis/certificates.k8s.io/v1/certificatesigningrequests",
    '{apiGroups: ["certificates.k8s.io"], resources: ["certificatesigningrequests"], verbs: ["list"]}',
  ],
  ["/readyz", '{nonResourceURLs: ["/readyz"], verbs: ["get"]}'],
  ["/apis", '{nonResourceURLs: ["/apis"], verbs: ["get"]}'],
])("%s", (path, rule) => {
  expect(rbacRuleFor(path)).toBe(rule);
});
