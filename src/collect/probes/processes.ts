import { isFiltered, isLive, isWhole, linesOf } from "../parse/answer.ts";
import { type Process, processesIn } from "../parse/ps.ts";
import { type Facts, facts, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const states = ["R", "S", "D", "T", "t", "Z", "I", "X"];

/**
 * All processes by state. Only what lies in /proc/PID/stat is asked: reading command lines can hang on a process that
 * is stuck in the kernel.
 */
export const processes = defineProbe({
  id: "processes",
  asks: "Do the kubelet and the runtime run, and is anything stuck in the kernel?",
  provides: {
    "kubelet.process.state": {
      type: "string",
      says: "the kubelet process's state letter (D: stuck in the kernel, T: stopped)",
      values: states,
    },
    "kubelet.process.count": { type: "number", says: "kubelet processes on the host" },
    "kubelet.process.startedAt": { type: "time", says: "when the kubelet process was started" },
    "kubelet.process.waiting": { type: "string", says: "where in the kernel the kubelet waits" },
    "runtime.process.state": { type: "string", says: "the runtime process's state letter", values: states },
    "runtime.process.waiting": { type: "string", says: "where in the kernel the runtime waits" },
    "process.dState": { type: "number", says: "processes stuck in the kernel (state D)" },
    "process.dRows": { type: "rows", says: "those processes", columns: ["pid", "comm", "wchan"] },
  },
  via: { source: "ssh", argv: ["ps", "-eo", "pid,ppid,stat,etimes,rss,wchan:32,comm", "--sort=-rss"] },
  limits: { timeoutMs: 3_000, maxBytes: 512 * 1024 },
  recognises: (words) => words[0] === "ps",
  read: (answer, { asked: question, evidenceAt }) => {
    const lines = linesOf(answer);
    const found = processesIn(lines);
    // `ps | grep`, `ps | head` leave out what they leave out.
    const whole = isWhole(answer) && !isFiltered(question);
    return found.length === 0
      ? {}
      : {
          facts: {
            ...ofKubelet(found, whole, isLive(question) ? evidenceAt : null),
            ...ofRuntime(found),
            ...stuck(found, whole),
          },
        };
  },
});

function ofKubelet(found: readonly Process[], whole: boolean, evidenceAt: string | null): Facts {
  const kubelets = found.filter(({ comm }) => comm === "kubelet" || comm === "kubelite");
  const first = kubelets[0];
  if (first === undefined) return whole ? { "kubelet.process.count": 0, "kubelet.process.state": null } : {};
  const asOf = Date.parse(evidenceAt ?? "");
  const started = first.seconds === undefined || Number.isNaN(asOf) ? undefined : new Date(asOf - first.seconds * 1000);
  return facts({
    "kubelet.process.count": kubelets.length,
    "kubelet.process.state": first.state === undefined ? undefined : shown(first.state, first.line),
    "kubelet.process.startedAt": started?.toISOString(),
    "kubelet.process.waiting": first.waiting,
  });
}

function ofRuntime(found: readonly Process[]): Facts {
  const first = found.find(({ comm }) => /^(containerd|crio|dockerd|cri-dockerd)$/.test(comm));
  if (first === undefined) return {};
  return facts({
    "runtime.process.state": first.state === undefined ? undefined : shown(first.state, first.line),
    "runtime.process.waiting": first.waiting,
  });
}

function stuck(found: readonly Process[], whole: boolean): Facts {
  if (found.every(({ state }) => state === undefined)) return {};
  const rows = found.filter(({ state }) => state === "D").slice(0, 100);
  if (rows.length === 0 && !whole) return {};
  return {
    "process.dState": shown(rows.length, rows[0]?.line),
    "process.dRows": rows.map(({ pid, comm, waiting }) => ({ pid, comm, wchan: waiting ?? null })),
  };
}
