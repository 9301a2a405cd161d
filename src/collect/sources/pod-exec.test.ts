import { describe, expect, test } from "@jest/globals";
import { ask, never, onNode, probe, said, world } from "../../../test/support/collect-world.ts";
import { unavailable, value } from "../../evidence/evidence.ts";
import { failed, ok } from "../../shared/result.ts";
import type { Command, PodShells, Ports, SshSession } from "../ports.ts";

const noLogin = unavailable("unauthenticated", "no key is accepted", "add the key");
const ssh: Ports["ssh"] = { open: async () => failed(noLogin) };
const pod = probe("pod-exec", { source: "pod-exec" });

function shells(more: Partial<PodShells> & { opens?: () => void } = {}) {
  const commands: Command[] = [];
  let closed = 0;
  const session: SshSession = {
    run: (command) => {
      commands.push(command);
      return said("from the pod");
    },
    close: () => {
      closed += 1;
    },
  };
  const open = async () => {
    more.opens?.();
    return ok(session);
  };
  const podExec: PodShells = { find: async () => ok({ pod: "ops/agent-1", open }), ...more };
  return { podExec, commands, closed: () => closed };
}

describe("a pod in SSH's place", () => {
  test("answers every question for the node once SSH has failed, and says that it did", async () => {
    const { podExec, commands, closed } = shells();
    const set = await ask([onNode("a"), onNode("b", ["b", "-x"]), pod], world({ ports: { ssh, podExec } }));
    expect(set.items.map(({ probe: id, source, answer }) => [id, source, answer])).toEqual([
      ["a", "pod-exec", value("from the pod")],
      ["b", "pod-exec", value("from the pod")],
      ["pod-exec", "pod-exec", value("ops/agent-1\n")],
    ]);
    expect([commands.map(({ argv }) => argv), closed()]).toEqual([[["a"], ["b", "-x"]], 1]);
  });

  test("is looked for beside SSH, and nothing runs in it while SSH answers", async () => {
    let opened = 0;
    const { podExec } = shells({ opens: () => (opened += 1) });
    const here = world({ ports: { podExec } });
    const set = await ask([onNode("a"), pod], here);
    expect(set.items.map(({ source, answer }) => [source, answer.kind])).toEqual([
      ["ssh", "value"],
      ["pod-exec", "unavailable"],
    ]);
    expect([opened, set.items[1]?.answer]).toEqual([0, expect.objectContaining({ reason: "not-asked" })]);
  });

  test("that cannot be found is not waited for while SSH answers", async () => {
    const { podExec } = shells({ find: () => new Promise(() => undefined) });
    const set = await ask([onNode("a")], world({ ports: { podExec } }));
    expect(set.items.map(({ answer }) => answer.kind)).toEqual(["value"]);
  });

  test("is not tried where nothing listens on the kubelet's port", async () => {
    let opened = 0;
    const { podExec } = shells({ opens: () => (opened += 1) });
    const local = { connect: () => said("refused\n") };
    const set = await ask([onNode("a"), pod], world({ ports: { ssh, podExec, local } }));
    expect(opened).toBe(0);
    expect(set.items.map(({ source, answer }) => [source, answer])).toEqual([
      ["ssh", noLogin],
      ["pod-exec", expect.objectContaining({ reason: "refused" })],
    ]);
  });

  test("that cannot be had either: SSH's reason stands, and the pod's beside it", async () => {
    const problem = unavailable("forbidden", "no", "grant it");
    const { podExec } = shells({ find: async () => failed(problem) });
    const set = await ask([onNode("a"), pod], world({ ports: { ssh, podExec } }));
    expect(set.items.map(({ source, answer }) => [source, answer])).toEqual([
      ["ssh", noLogin],
      ["pod-exec", problem],
    ]);
  });

  test("off: nobody is asked about it", async () => {
    const set = await ask([onNode("a"), pod], world({ ports: { ssh } }));
    expect(set.items.map(({ probe: id, answer }) => [id, answer])).toEqual([["a", noLogin]]);
  });
});

describe("the kubelet's own API", () => {
  const healthz = probe("healthz", { source: "kubelet-api", path: "/healthz" });
  const asked: unknown[] = [];
  const api = (
    needsAddress: boolean,
    get: () => ReturnType<typeof said> = () => said("ok"),
  ): Pick<Ports, "kubelet"> => ({
    kubelet: {
      needsAddress,
      on: (target) => ({
        get: (path) => {
          asked.push([target, path]);
          return get();
        },
      }),
    },
  });

  test("is asked at the node's address, or by name where that will do", async () => {
    const direct = await ask([healthz], world({ ports: api(true) }));
    const proxy = await ask([healthz], world({ ports: api(false), get: async () => unavailable("refused", "down") }));
    expect([direct.items[0]?.answer, proxy.items[0]?.answer]).toEqual([value("ok"), value("ok")]);
    expect(asked).toEqual([
      [{ node: "worker-7", address: "10.0.0.7" }, "/healthz"],
      [{ node: "worker-7", address: "" }, "/healthz"],
    ]);
    expect(direct.items[0]).toMatchObject({ source: "kubelet-api", asked: ["GET", "/healthz"] });
  });

  test("is not asked where there is no address, nor where it is off", async () => {
    const nowhere = await ask([healthz], world({ ports: api(true), get: () => said("{}") }));
    expect(nowhere.items[0]?.answer).toMatchObject({ reason: "not-asked" });
    expect((await ask([healthz], world())).items).toEqual([]);
  });

  test("that does not answer is not waited for once SSH has said everything", async () => {
    const stopped = (_: string, __: unknown, signal?: AbortSignal): ReturnType<typeof said> =>
      new Promise((resolve) => signal?.addEventListener("abort", () => resolve(unavailable("timed-out", "stopped"))));
    const kubelet: Ports["kubelet"] = { needsAddress: false, on: () => ({ get: stopped }) };
    const set = await ask([healthz, onNode("a")], world({ ports: { kubelet } }));
    expect(set.items.map(({ probe: id, answer }) => [id, answer.kind])).toEqual([
      ["a", "value"],
      ["healthz", "unavailable"],
    ]);
    expect(set.items[1]?.answer).toMatchObject({ reason: "not-asked" });
  });

  test("shows a log only where the node itself does not", async () => {
    const log = probe("api-log", { source: "kubelet-api", path: "/logs/" }, { streams: ["kubelet"] });
    const journal = onNode("journal", ["journalctl"], { streams: ["kubelet"] });
    const both = await ask([log, journal], world({ ports: api(false) }));
    expect(both.items[1]?.answer).toMatchObject({ reason: "not-asked" });
    const alone = await ask([log, journal], world({ ports: { ...api(false), ssh } }));
    expect(alone.items[1]?.answer).toEqual(value("ok"));
  });

  test("that never answers at all ends with the deadline", async () => {
    const here = world({ ports: api(false, never) });
    const collecting = ask([healthz], here, { deadlineMs: 5_000 });
    here.clock.advance(5_000);
    expect((await collecting).items[0]?.answer).toMatchObject({ reason: "timed-out" });
  });
});
