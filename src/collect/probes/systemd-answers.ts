import { askedWords, isHung, linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const states = ["initializing", "starting", "running", "degraded", "maintenance", "stopping", "offline", "unknown"];
/** systemctl and D-Bus when PID 1 does not answer (systemd 219 to 252). */
const silence =
  /Failed to (?:get properties|activate service|list units|retrieve unit|query system state).*(?:timed out|Connection timed out|Transport endpoint is not connected)|Failed to activate service 'org\.freedesktop\.systemd1'|org\.freedesktop\.DBus\.Error\.(?:NoReply|TimedOut)/;

/** Whether systemd itself answers. */
export const systemdAnswers = defineProbe({
  id: "systemd-answers",
  asks: "Does systemd answer?",
  provides: {
    "systemd.state": { type: "string", says: "the state systemd gives the whole system", values: states },
    "systemd.hung": { type: "boolean", says: "whether systemd or D-Bus leaves calls unanswered" },
  },
  via: { source: "ssh", argv: ["systemctl", "is-system-running"] },
  limits: { timeoutMs: 3_000, maxBytes: 4 * 1024 },
  recognises: (words) => words[0] === "systemctl",
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    if (isHung(answer)) return { facts: { "systemd.hung": true } };
    const lines = linesOf(answer);
    const silent = lines.find((line) => silence.test(line));
    if (silent !== undefined) return { facts: { "systemd.hung": shown(true, silent) } };
    const state = asked.includes("is-system-running")
      ? lines.find((line) => states.includes(line.trim()))?.trim()
      : undefined;
    return state === undefined ? {} : { facts: { "systemd.state": shown(state, state), "systemd.hung": false } };
  },
});
