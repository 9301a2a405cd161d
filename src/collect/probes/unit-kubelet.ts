import { askedWords, linesOf } from "../parse/answer.ts";
import { journalLines } from "../parse/journal.ts";
import { unitFacts, unitSpecs } from "../parse/unit-facts.ts";
import { asksSystemdAbout, chosenUnit, kubeletUnits, showUnits, unitsIn } from "../parse/units.ts";
import { defineProbe } from "../probe.ts";

/** The unit that runs the kubelet, as systemd sees it; of several flavours the one that exists. */
export const unitKubelet = defineProbe({
  id: "unit-kubelet",
  asks: "What does systemd say of the kubelet?",
  provides: unitSpecs("kubelet.unit", "the kubelet"),
  via: { source: "ssh", argv: showUnits(kubeletUnits) },
  limits: { timeoutMs: 5_000, maxBytes: 128 * 1024 },
  recognises: (words) => asksSystemdAbout(words, kubeletUnits),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const unit = chosenUnit(unitsIn(lines, asked), kubeletUnits);
    // `systemctl status` shows the newest log lines too.
    const log = journalLines(lines, /^(kubelet|k3s|rke2|microk8s|k0s)/, kubeletUnits);
    return {
      facts: unit === undefined ? {} : unitFacts("kubelet.unit", unit),
      ...(log === "" ? {} : { logs: { kubelet: log } }),
    };
  },
});
