import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { OperatorError } from "../shared/errors.ts";
import { loadSettings } from "./load.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "node-why-config-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, "config.yaml");
  writeFileSync(path, text);
  return path;
}

function complaint(text: string): string {
  try {
    loadSettings(file(text), {});
    return "";
  } catch (thrown) {
    if (!(thrown instanceof OperatorError)) throw thrown;
    return thrown.message;
  }
}

describe("the config", () => {
  test("the smallest one works, and relative paths count from the file", () => {
    const text = [
      "clusters:",
      "  - name: lab",
      "    kubeconfig: admin.conf",
      "    ssh: { user: root, identityFile: /keys/key, knownHostsFile: known_hosts, addressType: InternalIP }",
      "store: { dir: ./data }",
      'slack: { channel: "#incidents", operators: [U012AB3CD] }',
    ].join("\n");
    const { config, storeDir } = loadSettings(file(text), {});
    expect(config.clusters[0]).toMatchObject({
      name: "lab",
      kubeconfig: join(folder, "admin.conf"),
      ssh: { identityFile: "/keys/key", knownHostsFile: join(folder, "known_hosts") },
    });
    expect(storeDir).toBe(join(folder, "data"));
  });

  test("none at all works too", () => {
    const settings = loadSettings(undefined, { XDG_STATE_HOME: "/state" });
    expect(settings.config.clusters).toEqual([]);
    expect(settings.storeDir).toBe("/state/node-why");
  });

  test.each<[string, string, number, string]>([
    ["an unknown key", "clusters:\n  - name: lab\n    kubeconfg: /x\n", 3, "did you mean kubeconfig"],
    ["an unknown key at the top", "slak: {}\n", 1, "did you mean slack"],
    ["an unknown key of an owner", "owners:\n  - { pool: a, ownr: b }\n", 2, "did you mean owner"],
    ["an owner of nothing", "owners:\n  - { pool: a }\n", 2, "neither an owner nor a runbook"],
    ["a runbook that is no page", "owners:\n  - { runbook: 'javascript:alert(1)' }\n", 2, "https://"],
    ["a runbook in the clear", "owners:\n  - { runbook: 'http://wiki.example' }\n", 2, "https://"],
    ["a wrong type", "deadline: 20\n", 1, "deadline"],
    ["a wrong choice", "clusters:\n  - name: lab\n    ssh:\n      addressType: internal\n", 4, "addressType"],
    ["broken YAML", "clusters: [\n", 2, ""],
    ["a key given twice", "deadline: 20s\ndeadline: 30s\n", 2, "unique"],
  ])("%s is named with its line", (_, text, line, words) => {
    const message = complaint(text);
    expect(message).toContain(`config.yaml:${line}:`);
    expect(message).toContain(words);
  });

  test("a missing file and a missing secret file say what to do", () => {
    expect(() => loadSettings(join(folder, "nowhere.yaml"), {})).toThrow(OperatorError);
    expect(() => loadSettings(undefined, { SLACK_BOT_TOKEN_FILE: join(folder, "nowhere") })).toThrow(OperatorError);
  });

  test("secrets come from the environment or from files, and empty ones count as none", () => {
    const path = join(folder, "token");
    writeFileSync(path, "xoxb-1\n");
    expect(loadSettings(undefined, { SLACK_BOT_TOKEN_FILE: path, MONGODB_URI: "" })).toMatchObject({
      mongodbUri: null,
      slack: { botToken: "xoxb-1" },
    });
  });
});
