import { textOf } from "../parse/answer.ts";
import { facts } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/** Which pod runs the commands in SSH's place, or why none does. Asked last of all ways, answered with the first command. */
export const podExec = defineProbe({
  id: "pod-exec",
  asks: "Can commands run in a privileged pod on the node where SSH cannot?",
  provides: { "access.pod": { type: "string", says: "the pod that runs the commands on the node where SSH cannot" } },
  via: { source: "pod-exec" },
  limits: { timeoutMs: 8_000, maxBytes: 1024 },
  read: (answer) => {
    const pod = /^[a-z0-9.-]{1,253}\/[a-z0-9.-]{1,253}$/m.exec(textOf(answer))?.[0];
    return { facts: facts({ "access.pod": pod }) };
  },
});
