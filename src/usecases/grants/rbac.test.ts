import { describe, expect, test } from "@jest/globals";
import { accessOf, fullResource } from "../../collect/access.ts";
import { defineProbe, type Probe } from "../../collect/probe.ts";
import { loadRegistry } from "../../collect/registry.ts";
import { kubeletRule } from "../../platform/kubernetes/kubelet-answer.ts";
import { OperatorError } from "../../shared/errors.ts";
import { type Manifest, type RbacRequest, type Rule, rbacManifests } from "./rbac.ts";

const plain: RbacRequest = { name: "nw", namespace: "ops", with: [], execNamespace: null, actions: null };
const { probes: registered } = await loadRegistry();

function asking(path: (target: { node: string }) => string): Probe {
  return defineProbe({
    id: "p",
    asks: "",
    provides: {},
    via: { source: "kubernetes", path },
    limits: { timeoutMs: 1, maxBytes: 1 },
    read: () => ({}),
  });
}

const rulesOf = (manifests: readonly Manifest[], kind: string, name = "nw"): readonly Rule[] =>
  manifests
    .filter((each) => each.kind === kind && each.metadata.name === name)
    .flatMap((each) => each.rules as readonly Rule[]);

describe("the role of the registry", () => {
  const manifests = rbacManifests(plain, registered);

  test("allows each path that a probe asks, and reading only", () => {
    const all = [...rulesOf(manifests, "ClusterRole"), ...rulesOf(manifests, "Role")];
    for (const { via } of registered) {
      if (via.source !== "kubernetes") continue;
      const access = accessOf(via.path({ node: "n1" }));
      const allowed = all.some((rule) =>
        access.kind === "path"
          ? "nonResourceURLs" in rule && rule.nonResourceURLs.includes(access.path)
          : "apiGroups" in rule &&
            rule.apiGroups.includes(access.group) &&
            rule.resources.includes(fullResource(access)) &&
            rule.verbs.includes(access.verb),
      );
      expect([access, allowed]).toEqual([access, true]);
    }
    expect(all.flatMap(({ verbs }) => verbs).every((verb) => verb === "get" || verb === "list")).toBe(true);
  });

  test("runs no commands in pods, and names no wildcard", () => {
    expect(JSON.stringify(manifests)).not.toMatch(/nodes\/|pods\/exec|\*/);
  });

  test("each role is bound to the one account, in its own namespace", () => {
    const [account] = manifests.filter(({ kind }) => kind === "ServiceAccount");
    expect(account?.metadata).toEqual({ name: "nw", namespace: "ops" });
    for (const role of manifests.filter(({ kind }) => /Role$/.test(kind))) {
      expect(manifests).toContainEqual(
        expect.objectContaining({
          kind: `${role.kind}Binding`,
          metadata: role.metadata,
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: role.kind, name: role.metadata.name },
          subjects: [{ kind: "ServiceAccount", ...account?.metadata }],
        }),
      );
    }
    expect(manifests.filter(({ kind }) => kind === "Namespace")).toEqual([]);
  });
});

test("what is the same for every node is granted by its name or in its namespace only", () => {
  const manifests = rbacManifests(plain, [
    asking(() => "/api/v1/namespaces/kube-system/configmaps/kubeadm-config"),
    asking(({ node }) => `/api/v1/namespaces/kube-system/pods/kube-proxy-${node}/log`),
  ]);
  expect(rulesOf(manifests, "ClusterRole")).toEqual([]);
  expect(rulesOf(manifests, "Role")).toEqual([
    { apiGroups: [""], resources: ["configmaps"], resourceNames: ["kubeadm-config"], verbs: ["get"] },
    { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
  ]);
});

describe("more ways in", () => {
  test.each(["kubelet-api", "proxy"] as const)("%s is a role of its own", (rung) => {
    const rules = rulesOf(rbacManifests({ ...plain, with: [rung] }, []), "ClusterRole", `nw-${rung}`);
    const resources = rules.flatMap((rule) => ("resources" in rule ? rule.resources : []));
    expect(resources.includes("nodes/proxy")).toBe(rung === "proxy");
    expect(rules.flatMap(({ verbs }) => verbs)).toEqual(["get"]);
  });

  test("kubelet-api is all that a probe asks a kubelet for", () => {
    const rules = rulesOf(rbacManifests({ ...plain, with: ["kubelet-api"] }, []), "ClusterRole", "nw-kubelet-api");
    const granted = rules.flatMap((rule) => ("resources" in rule ? rule.resources : []));
    const asked = registered.flatMap(({ via }) => (via.source === "kubelet-api" ? [kubeletRule(via.path)] : []));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((rule) => !granted.some((resource) => rule.includes(`"${resource}"`)))).toEqual([]);
  });

  test("pod-exec is granted in one namespace or not at all", () => {
    const request = { ...plain, with: ["pod-exec"] } as const;
    expect(() => rbacManifests(request, [])).toThrow(OperatorError);
    const manifests = rbacManifests({ ...request, execNamespace: "kube-system" }, []);
    expect(rulesOf(manifests, "Role", "nw-pod-exec")).toHaveLength(1);
    expect(rulesOf(manifests, "ClusterRole", "nw-pod-exec")).toEqual([]);
  });
});

test("an action that writes has a role and an account apart from the reading one", () => {
  const rules = [{ apiGroups: [""], resources: ["nodes"], verbs: ["patch"] }];
  const actions = [
    { id: "cordon", rules },
    { id: "restart", rules: [] },
  ];
  const manifests = rbacManifests({ ...plain, actions }, []);
  expect(rulesOf(manifests, "ClusterRole", "nw-action-cordon")).toEqual(rules);
  expect(manifests.filter(({ metadata }) => /restart/.test(metadata.name))).toEqual([]);
  const [binding] = manifests.filter(({ kind }) => kind === "ClusterRoleBinding");
  expect(binding?.subjects).toEqual([{ kind: "ServiceAccount", name: "nw-acting", namespace: "ops" }]);
});
