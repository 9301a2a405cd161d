import { linesOf } from "../parse/answer.ts";
import { flagFacts, flagSpecs, flagsIn } from "../parse/kubelet-flags.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/**
 * The flags of the kubelet that runs. Where it does not run, kubelet-args-unit shows what it would be started with.
 * k3s and MicroK8s run it inside their own process, whose flags are theirs.
 */
export const kubeletArgsRunning = defineProbe({
  id: "kubelet-args-running",
  asks: "Which flags does the running kubelet have?",
  provides: flagSpecs,
  after: ["kubelet.unit.pid"],
  via: {
    source: "ssh",
    argv: (known) => {
      const pid = known.get("kubelet.unit.pid");
      return typeof pid === "number" ? ["ps", "-ww", "-o", "args=", "-p", String(pid)] : null;
    },
  },
  limits: { timeoutMs: 2_000, maxBytes: 64 * 1024 },
  recognises: (words) => words[0] === "ps",
  read: (answer, { asked: question }) => {
    // `ps … | cut -c1-200` cuts flags in two.
    const width = Number(/cut -c\s?1?-(\d{1,5})/.exec(question.join(" "))?.[1] ?? Number.POSITIVE_INFINITY);
    const command = linesOf(answer)
      .filter((line) => line.length < width)
      .map((line) => /(?:^|\s)((?:\/\S{0,200}\/)kubelet(?:\s+-.*)?)$/.exec(line)?.[1])
      .find((found) => found !== undefined);
    if (command === undefined) return {};
    const binary = command.split(/\s/, 1)[0];
    return {
      facts: {
        ...flagFacts(flagsIn(command), command),
        ...(binary === undefined ? {} : { "kubelet.binary": shown(binary, command) }),
      },
    };
  },
});
