import { askedWords, isWhole, linesOf } from "../parse/answer.ts";
import { type Facts, facts, shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { headOf } from "../parse/sections.ts";
import { defineProbe } from "../probe.ts";

/** The one line of cgroup.controllers, in the kernel's order. */
const controllers =
  /^(cpuset|cpu|io|memory|hugetlb|pids|rdma|misc|dmem)( (cpu|io|memory|hugetlb|pids|rdma|misc|dmem)){0,9}$/;

/** Which cgroup controllers the kernel offers. One that is disabled by the kernel's command line shows as such. */
export const cgroupControllers = defineProbe({
  id: "cgroup-controllers",
  asks: "Which cgroup controllers are there?",
  provides: {
    "cgroup.controllers": { type: "list", says: "the cgroup controllers that can be used" },
    "cgroup.disabled": { type: "list", says: "the controllers the kernel has but was told not to use" },
  },
  via: { source: "ssh", argv: headOf(["/proc/cgroups", "/sys/fs/cgroup/cgroup.controllers"], 8_192) },
  limits: { timeoutMs: 1_000, maxBytes: 32 * 1024 },
  recognises: whole((words) => words.some((word) => /^\/proc\/cgroups$|\/cgroup\.controllers$/.test(word))),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const table = lines.flatMap((line) => {
      const [, name, enabled] = /^([a-z_]{2,20})\s+\d{1,6}\s+\d{1,7}\s+([01])$/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, enabled: enabled === "1", line }];
    });
    const unified = asked.some((word) => word.endsWith("/cgroup.controllers"))
      ? lines.find((line) => controllers.test(line))
      : undefined;
    return isWhole(answer)
      ? {
          facts: {
            ...fromTable(table),
            ...(unified === undefined ? {} : { "cgroup.controllers": shown(unified.split(" "), unified) }),
          },
        }
      : {};
  },
});

/** cgroup v1: /proc/cgroups alone decides. */
function fromTable(
  table: readonly { readonly name: string; readonly enabled: boolean; readonly line: string }[],
): Facts {
  const off = table.filter(({ enabled }) => !enabled);
  return facts({
    "cgroup.controllers":
      table.length === 0 ? undefined : table.filter(({ enabled }) => enabled).map(({ name }) => name),
    "cgroup.disabled":
      table.length === 0
        ? undefined
        : shown(
            off.map(({ name }) => name),
            off[0]?.line,
          ),
  });
}
