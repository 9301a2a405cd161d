import { linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const setting = /^(?:\/\S{1,300}:)?\s*cgroup_manager\s*=\s*"(\w{1,20})"/;

/** CRI-O's cgroup manager. Files in crio.conf.d win over crio.conf, later names over earlier ones. */
export const crioConfig = defineProbe({
  id: "crio-config",
  asks: "Which cgroup manager does CRI-O use?",
  provides: {
    "crio.cgroupManager": { type: "string", says: "CRI-O's cgroup manager", values: ["systemd", "cgroupfs"] },
  },
  via: { source: "ssh", argv: ["grep", "-rHsE", "^[[:space:]]*cgroup_manager[[:space:]]*=", "/etc/crio"], sudo: true },
  limits: { timeoutMs: 2_000, maxBytes: 16 * 1024 },
  recognises: (words) => words.some((word) => /^\/etc\/crio\/\S*$/.test(word)),
  read: (answer) => {
    const line = linesOf(answer)
      .filter((one) => setting.test(one))
      .sort((one, other) => (precedence(one) < precedence(other) ? -1 : 1))
      .at(-1);
    const manager = setting.exec(line ?? "")?.[1];
    return manager === undefined ? {} : { facts: { "crio.cgroupManager": shown(manager, line) } };
  },
});

/** `/etc/crio/crio.conf:` comes before every `/etc/crio/crio.conf.d/NAME:`, which apply by name. */
function precedence(line: string): string {
  return line.includes("/crio.conf.d/") ? `2 ${line}` : `1 ${line}`;
}
