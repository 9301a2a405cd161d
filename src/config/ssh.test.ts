import { describe, expect, test } from "@jest/globals";
import { programEnvironment } from "./load.ts";
import { clusterSchema } from "./schema.ts";
import { sshSchema } from "./ssh.ts";

const problems = (ssh: object): readonly string[] =>
  sshSchema.safeParse(ssh).error?.issues.map(({ path }) => path.join(".")) ?? [];

describe("the keys of a login", () => {
  test("times become milliseconds, credential.exec an argv", () => {
    const exec = { argv: ["tsh", "ssh", "{user}@{node}", "{command}"], startTimeout: "15s" };
    const credential = { exec: ["./renew", "--json"], timeout: "10s", renewBefore: "5m" };
    expect(sshSchema.parse({ transport: "exec", exec, credential })).toEqual({
      transport: "exec",
      exec: { argv: exec.argv, startTimeoutMs: 15_000 },
      credential: { argv: credential.exec, timeoutMs: 10_000, renewBeforeMs: 300_000 },
    });
  });

  test.each<[string, object, string]>([
    ["no command", { exec: { argv: ["tsh", "{node}"] } }, "exec.argv"],
    ["two commands", { exec: { argv: ["tsh", "{node}", "{command}", "{command...}"] } }, "exec.argv"],
    ["no host", { exec: { argv: ["tsh", "{command}"] } }, "exec.argv"],
    ["an unknown placeholder", { exec: { argv: ["tsh", "{nodes}", "{host}", "{command}"] } }, "exec.argv"],
    ["words inside a word", { exec: { argv: ["tsh", "{node}", "x{command...}"] } }, "exec.argv"],
    ["a shell", { exec: { argv: ["/bin/bash", "-c", "ssh {node} {command}"] } }, "exec.argv"],
    ["a line for a tool", { exec: { argv: "tsh ssh {node} {command}" } }, "exec.argv"],
    ["an unknown transport", { transport: "telnet" }, "transport"],
    ["an unknown address", { addressType: "annotation:" }, "addressType"],
    ["an option as a bastion", { proxyJump: "-oProxyCommand=x" }, "proxyJump"],
  ])("%s is refused", (_, ssh, path) => expect(problems(ssh)).toContain(path));

  test.each([
    { addressType: "annotation:example.com/ssh-address" },
    { proxyJump: "jump@bastion:2200,[2001:db8::1]:22" },
  ])("%j", (ssh) => expect(problems(ssh)).toEqual([]));

  test("transport: exec needs its tool", () => {
    const parsed = clusterSchema.safeParse({ name: "lab", ssh: { transport: "exec" } });
    expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual(["ssh.transport"]);
  });
});

test("programs that are started do not see our secrets", () => {
  const env = { PATH: "/bin", SLACK_BOT_TOKEN: "x", SLACK_APP_TOKEN_FILE: "x", MONGODB_URI: "x", AWS_PROFILE: "ops" };
  expect(programEnvironment(env)).toEqual({ PATH: "/bin", AWS_PROFILE: "ops" });
});
