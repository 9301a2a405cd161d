import { askedWords, statusOf } from "../parse/answer.ts";
import { connectionFacts, reachValues, sshReach } from "../parse/reach.ts";
import { defineProbe } from "../probe.ts";

/** Whether the node's SSH port can be reached from where node-why runs. Refused too means that the host is up. */
export const reachSsh = defineProbe({
  id: "reach-ssh",
  asks: "Can the node's SSH port be reached from here?",
  provides: { "reach.ssh": { type: "string", says: "how the node's SSH port answers from here", values: reachValues } },
  via: { source: "local", reach: { port: 22 } },
  limits: { timeoutMs: 3_000, maxBytes: 1024 },
  recognises: (words) =>
    (words[0] === "ssh" && words.length > 1) ||
    words.some((word) => /\/dev\/tcp\/[\w.:-]+\/22$/.test(word)) ||
    (words[0] === "nc" && words.at(-1) === "22"),
  read: (answer, { asked: question }) => {
    const connected = connectionFacts("reach.ssh", answer);
    if (connected !== undefined) return { facts: connected };
    const told = sshReach("reach.ssh", answer);
    // `ssh root@NODE true` says nothing when it works.
    const silent = askedWords(question)[0] === "ssh" && statusOf(answer) === 0 && answer.kind === "value";
    return { facts: "reach.ssh" in told || !silent ? told : { "reach.ssh": "open" } };
  },
});
