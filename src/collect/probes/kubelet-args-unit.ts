import { linesOf } from "../parse/answer.ts";
import { flagFacts, flagSpecs, flagsIn } from "../parse/kubelet-flags.ts";
import { type Facts, shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { headOf, sectionsOf } from "../parse/sections.ts";
import { expanded, unitSettings } from "../parse/unit-file.ts";
import { defineProbe, type Known } from "../probe.ts";

/** Where distributions keep the variables that kubelet's unit expands: kubeadm's own, Debian's, Red Hat's. */
const environmentFiles = ["/var/lib/kubelet/kubeadm-flags.env", "/etc/default/kubelet", "/etc/sysconfig/kubelet"];

/** The kubelet's unit file, its drop-ins and environment files: what it is, or would be, started with. */
export const kubeletArgsUnit = defineProbe({
  id: "kubelet-args-unit",
  asks: "How is the kubelet started?",
  provides: {
    ...flagSpecs,
    "kubelet.unitEnvironment": { type: "list", says: "names of the variables set in the unit and its files" },
  },
  after: ["kubelet.unit.fragment", "kubelet.unit.dropIns"],
  via: { source: "ssh", argv: unitFiles, sudo: true },
  limits: { timeoutMs: 2_000, maxBytes: 128 * 1024 },
  recognises: whole(
    (words) => words[0] === "systemctl" && words[1] === "cat" && words.some((word) => /kubelet/.test(word)),
  ),
  read: (answer) => {
    const { commands, variables } = unitSettings(sectionsOf(linesOf(answer)), /kubelet|kubeadm|k3s|rke2|k0s/);
    const command = commands.at(-1);
    if (command === undefined) return {};
    return {
      facts: {
        ...commandFacts(expanded(command, variables), command),
        "kubelet.unitEnvironment": [...variables.keys()],
      },
    };
  },
});

function unitFiles(known: Known): readonly string[] | null {
  const fragment = known.get("kubelet.unit.fragment");
  const dropIns = known.get("kubelet.unit.dropIns");
  if (typeof fragment !== "string") return null;
  return headOf([fragment, ...(Array.isArray(dropIns) ? dropIns.map(String) : []), ...environmentFiles], 32_768);
}

/** A unit may start the kubelet through a shell; the kubelet's own path is then inside its command. */
function commandFacts(command: string, line: string): Facts {
  const binary = /(?:^|[\s'"@+!:-])(\/\S{0,200}\/(?:kubelet|k3s|rke2|k0s|hyperkube))(?=[\s'"]|$)/.exec(command)?.[1];
  return {
    ...flagFacts(flagsIn(command), line),
    "kubelet.execStart": shown(command, line),
    ...(binary === undefined ? {} : { "kubelet.binary": shown(binary, line) }),
  };
}
