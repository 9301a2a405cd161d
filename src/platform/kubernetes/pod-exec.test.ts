import { afterEach, describe, expect, test } from "@jest/globals";
import { type ExecApi, type ExecScript, startExecApi } from "../../../test/support/exec-api.ts";
import { json, kubeconfigFor } from "../../../test/support/https-api.ts";
import { gone } from "../../../test/support/processes.ts";
import type { Command, SshSession } from "../../collect/ports.ts";
import { systemClock } from "../clock.ts";
import { httpGetOver } from "./http-get.ts";
import { podShells } from "./pod-exec.ts";

const nsenter = ["nsenter", "-t", "1", "-m", "-u", "-i", "-n", "--"];
const running: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

const pod = (spec: object = {}, status: object = { phase: "Running" }) => ({
  metadata: { name: "agent-x7k2p" },
  spec: {
    nodeName: "worker-1",
    hostPID: true,
    hostNetwork: true,
    containers: [{ name: "agent", securityContext: { privileged: true } }],
    ...spec,
  },
  status,
});

async function shells(more: Partial<ExecScript> & { pods?: readonly object[]; enter?: string } = {}) {
  const { pods = [pod()], enter = "nsenter", ...script } = more;
  const answer: ExecScript["answer"] = (_, response) => json(response, 200, { kind: "PodList", items: pods });
  const api = await startExecApi({ answer, enters: nsenter, ...script });
  running.push(api.close);
  const config = kubeconfigFor(api.url);
  const settings = { namespace: "ops", selector: "app=agent", enter };
  return { api, shells: podShells(config, httpGetOver(config, systemClock), settings, systemClock) };
}

async function opened(more: Parameters<typeof shells>[0] = {}): Promise<{ api: ExecApi; session: SshSession }> {
  const { api, shells: ways } = await shells(more);
  const found = await ways.find("worker-1");
  const session = found.ok ? await found.value.open() : found;
  if (!session.ok) throw new Error(JSON.stringify(session.problem));
  running.push(session.value.close);
  return { api, session: session.value };
}

const command = (argv: readonly string[], more: Partial<Command> = {}): Command => ({
  argv,
  sudo: true,
  limits: { timeoutMs: 5_000, maxBytes: 10_000 },
  keep: "head",
  ...more,
});

describe("a command in the pod", () => {
  test("runs with its words as they are, as root, and tells its status and both streams", async () => {
    const { api, session } = await opened();
    const words = ["printf", "%s|", "a b", "$(reboot)", "'", "*"];
    expect(await session.run(command(words))).toMatchObject({
      kind: "value",
      stdout: "a b|$(reboot)|'|*|",
      exitCode: 0,
    });
    expect(await session.run(command(["ls", "/no such folder"]))).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("No such file"),
    });
    expect(api.ran.every((ran) => nsenter.every((word, at) => ran[at] === word))).toBe(true);
    expect(api.ran.flat()).not.toContain("sudo");
  });

  test("whose tool is missing is said to be missing", async () => {
    const { session } = await opened();
    expect(await session.run(command(["no-such-tool-here"]))).toMatchObject({ reason: "tool-missing" });
  });

  const allGone = async ({ groups }: ExecApi): Promise<void> => {
    for (const group of groups) await gone(group);
  };

  test("that never stops printing is cut at its limit, and nothing of it is left on the node", async () => {
    const { api, session } = await opened();
    expect(await session.run(command(["yes"]))).toMatchObject({ kind: "value", truncated: true });
    await allGone(api);
  });

  test("that hangs is killed on the node", async () => {
    const { api, session } = await opened();
    const hangs = command(["sleep", "987"], { limits: { timeoutMs: 1_000, maxBytes: 1_000 } });
    expect(await session.run(hangs)).toMatchObject({ reason: "hung" });
    await allGone(api);
  });

  test("is ended when nobody waits any longer", async () => {
    const { api, session } = await opened();
    const stop = new AbortController();
    const asked = session.run(command(["sh", "-c", "trap '' TERM; sleep 986"]), stop.signal);
    stop.abort();
    expect(await asked).toMatchObject({ reason: "timed-out" });
    await allGone(api);
  });
});

describe("a pod that cannot be had", () => {
  const problemOf = async (more: Parameters<typeof shells>[0]) => {
    const { api, shells: ways } = await shells(more);
    const found = await ways.find("worker-1");
    const session = found.ok ? await found.value.open() : found;
    return { ran: api.ran.length, problem: session.ok ? null : session.problem };
  };
  const list = (status: number, body: unknown): Pick<ExecScript, "answer"> => ({
    answer: (_, response) => json(response, status, body),
  });

  test.each<[string, Parameters<typeof shells>[0], object]>([
    ["none matches", { pods: [] }, { reason: "not-configured" }],
    ["it is on another node", { pods: [pod({ nodeName: "worker-2" })] }, { reason: "not-configured" }],
    ["it does not run", { pods: [pod({}, { phase: "Pending" })] }, { reason: "refused" }],
    ["it has its own processes", { pods: [pod({ hostPID: false })] }, { grant: "give the pod hostPID: true" }],
    [
      "it is not privileged",
      { pods: [pod({ containers: [{ name: "agent" }] })] },
      { grant: "give the pod securityContext.privileged: true" },
    ],
    [
      "it has its own network and is entered by its root",
      { enter: "chroot /host", pods: [pod({ hostNetwork: false })] },
      { grant: "give the pod hostNetwork: true" },
    ],
    [
      "the node's root is not mounted there",
      { enter: "chroot /host", pods: [pod()] },
      { grant: "give the pod the node's / as a hostPath volume at /host" },
    ],
    [
      "pods may not be listed",
      list(403, { message: "no" }),
      { reason: "forbidden", grant: expect.stringContaining("pods") },
    ],
    ["the list is none", list(200, { items: "no" }), { reason: "not-configured" }],
  ])("%s: nothing is run", async (_, more, problem) => {
    expect(await problemOf(more)).toMatchObject({ ran: 0, problem });
  });

  const refusing = (status: string, body: object): Pick<ExecScript, "upgrade"> => ({
    upgrade: (socket) => {
      const text = JSON.stringify(body);
      socket.end(
        `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
      );
    },
  });
  const saying = (...messages: readonly (readonly [number, string])[]): Pick<ExecScript, "say"> => ({
    say: (socket) => {
      for (const [channel, text] of messages) socket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)]));
      socket.close();
    },
  });

  test.each<[string, Parameters<typeof shells>[0], object]>([
    [
      "exec is forbidden",
      refusing("403 Forbidden", { message: 'User "bot" cannot create resource "pods/exec"' }),
      { reason: "forbidden", grant: '{apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"]}' },
    ],
    [
      "the kubelet is down, said before the upgrade",
      refusing("500 Internal Server Error", {
        message: "error dialing backend: dial tcp 10.0.0.7:10250: connect: connection refused",
      }),
      { reason: "refused", detail: expect.stringContaining("10250") },
    ],
    [
      "the kubelet is down, said after it",
      saying([3, '{"status":"Failure","message":"error dialing backend: connection refused"}']),
      { reason: "refused", detail: "error dialing backend: connection refused" },
    ],
    [
      "the container has no nsenter",
      saying([3, '{"status":"Failure","message":"exec: \\"nsenter\\": executable file not found in $PATH"}']),
      { reason: "refused", detail: expect.stringContaining("nsenter") },
    ],
    [
      "nsenter is not permitted",
      saying(
        [2, "nsenter: cannot open /proc/1/ns/mnt: Permission denied\n"],
        [3, '{"status":"Failure","details":{"causes":[{"reason":"ExitCode","message":"1"}]}}'],
      ),
      { reason: "unreadable", detail: expect.stringContaining("Permission denied") },
    ],
    ["the status is none", saying([3, "{"]), { reason: "refused" }],
    ["it says what nobody knows", saying([9, "x"], [3, "[]"]), { reason: "refused" }],
  ])("%s", async (_, more, problem) => {
    expect(await problemOf(more)).toMatchObject({ ran: 1, problem });
  });
});

test("a node's name is a value of the query and nothing more", async () => {
  const asked: string[] = [];
  const { shells: ways } = await shells({
    answer: (request, response) => {
      asked.push(request.url ?? "");
      json(response, 200, { items: [] });
    },
  });
  await ways.find("$(reboot)&limit=9,metadata.name=x");
  const query = new URL(asked[0] ?? "", "https://x").searchParams;
  expect([query.get("limit"), query.get("fieldSelector")]).toEqual([
    "50",
    "spec.nodeName=$(reboot)&limit=9,metadata.name=x",
  ]);
});
