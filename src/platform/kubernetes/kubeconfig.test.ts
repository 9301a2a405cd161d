import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { OperatorError } from "../../shared/errors.ts";
import { loadKubeconfig } from "./kubeconfig.ts";

const folder = mkdtempSync(join(tmpdir(), "node-why-kubeconfig-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const config = (name: string, context: string): string => `
apiVersion: v1
kind: Config
current-context: ${context}
clusters: [{name: ${name}, cluster: {server: "https://${name}.example"}}]
users: [{name: ${name}, user: {token: t}}]
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}}}]
`;
const load = (files: readonly string[], context?: string) =>
  loadKubeconfig({ kind: "files", files, ...(context === undefined ? {} : { context }) });

describe("a kubeconfig", () => {
  test("gives its current context's cluster", () => {
    expect(load([file("a", config("a", "a"))]).getCurrentCluster()?.server).toBe("https://a.example");
  });

  test("several are one, as kubectl has it; files that are not there are passed over", () => {
    const files = [join(folder, "none"), file("a", config("a", "a")), file("b", config("b", "b"))];
    expect(load(files).getCurrentContext()).toBe("a");
    expect(load(files, "b").getCurrentCluster()?.server).toBe("https://b.example");
    const again = file("again", config("a", "a").replaceAll("a.example", "other.example"));
    expect(load([...files, again]).getCurrentCluster()?.server).toBe("https://a.example");
  });

  test.each<[string, string | null, string | undefined, RegExp]>([
    ["missing", null, undefined, /no kubeconfig/],
    ["no YAML", "a: [", undefined, /not a kubeconfig/],
    ["another YAML", "- 1\n- 2\n", undefined, /no current context/],
    ["empty", "", undefined, /not a kubeconfig/],
    ["an unknown context", config("a", "a"), "prod", /no context "prod"/],
    ["no current context", config("a", '""'), undefined, /no current context/],
    [
      "a context without its cluster",
      config("a", "a").replace("cluster: a,", "cluster: gone,"),
      undefined,
      /cluster "gone"/,
    ],
    ["a context without its user", config("a", "a").replace("user: a}}]", "user: gone}}]"), undefined, /user "gone"/],
  ])("%s: says so, and what to do", (name, content, context, message) => {
    const path = content === null ? join(folder, "none") : file(name, content);
    let thrown: unknown;
    try {
      load([path], context);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(OperatorError);
    expect(thrown).toMatchObject({
      message: expect.stringMatching(message),
      nextSteps: [expect.any(String), ...(name === "missing" ? [expect.any(String)] : [])],
    });
  });
});
