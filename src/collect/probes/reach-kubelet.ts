import { askedWords } from "../parse/answer.ts";
import { connectionFacts, curlReach, reachValues } from "../parse/reach.ts";
import { defineProbe } from "../probe.ts";

/** 10250 of another host: asked on the node itself it tells nothing of the way there. */
const elsewhere = (word: string) =>
  /^["']?https?:\/\/[^/]+:10250(\/|$)/.test(word) && !/\/\/(127\.|localhost|\[::1\])/.test(word);

/** Whether the kubelet's port can be reached from where node-why runs. */
export const reachKubelet = defineProbe({
  id: "reach-kubelet",
  asks: "Can the kubelet's port be reached from here?",
  provides: {
    "reach.kubelet": { type: "string", says: "how the kubelet's port answers from here", values: reachValues },
  },
  via: { source: "local", reach: { port: 10250 } },
  limits: { timeoutMs: 3_000, maxBytes: 1024 },
  recognises: (words) => words[0] === "curl" && words.some(elsewhere),
  read: (answer, { asked: question }) => {
    const connected = connectionFacts("reach.kubelet", answer);
    if (connected !== undefined) return { facts: connected };
    return { facts: askedWords(question).some(elsewhere) ? curlReach("reach.kubelet", answer) : {} };
  },
});
