import type { Clock, SshSession } from "../../collect/ports.ts";
import type { Answer, UnavailableReason } from "../../evidence/evidence.ts";
import type { Step } from "../../remediate/action.ts";
import type { ActingHosts, StepAnswer } from "../../remediate/ports.ts";
import { failed, ok } from "../../shared/result.ts";
import { sshOpener } from "./opener.ts";
import type { Local, SshSettings } from "./settings.ts";

/** What a restart prints is short; a flood is cut. */
const maxBytes = 16 * 1024;

/** The login that changes nodes: the same code as the reading one, with a user and key of its own. */
export function actingHosts(settings: SshSettings, local: Local, clock: Clock): ActingHosts {
  const opener = sshOpener(settings, local, clock, "left"); // a step that was begun is not cut short
  return {
    open: async (target) => {
      const opened = await opener.open(target);
      if (!opened.ok) {
        const { detail, grant } = opened.problem;
        return failed(`the acting login failed: ${detail}${grant === undefined ? "" : ` (to grant: ${grant})`}`);
      }
      await learn(opened.value);
      return ok({ run: (step) => runOnce(opened.value, step), close: opened.value.close });
    },
  };
}

/**
 * A session that meets a node without `timeout -k` asks again without it. That must not happen with a step, so a
 * command that does nothing goes first.
 */
async function learn(session: SshSession): Promise<void> {
  await session.run({ argv: ["true"], sudo: false, limits: { timeoutMs: 5_000, maxBytes: 1_000 }, keep: "head" });
}

async function runOnce(session: SshSession, { argv, sudo, timeoutMs }: Step): Promise<StepAnswer> {
  return stepAnswer(await session.run({ argv, sudo, limits: { timeoutMs, maxBytes }, keep: "tail" }));
}

/** Reasons that come before the command: it surely did not run. With every other one it may have. */
const before: readonly UnavailableReason[] = [
  "sudo-refused",
  "tool-missing",
  "forbidden",
  "refused",
  "not-asked",
  "not-configured",
];

export function stepAnswer(answer: Answer): StepAnswer {
  if (answer.kind === "value") {
    const output = [answer.stdout, answer.stderr].filter((text) => text !== "").join("\n");
    return { kind: "exited", exitCode: answer.exitCode, output };
  }
  if (answer.kind === "absent") return { kind: "unknown", says: answer.detail };
  const says = `${answer.detail}${answer.grant === undefined ? "" : ` (to grant: ${answer.grant})`}`;
  return { kind: before.includes(answer.reason) ? "not-run" : "unknown", says };
}
