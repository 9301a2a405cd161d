import type { Command } from "../../collect/ports.ts";
import { type Answer, type Unavailable, unavailable, value } from "../../evidence/evidence.ts";
import { nodeSeconds, type Wrap, wrappedWords } from "./command-line.ts";
import { sudoersLine } from "./sudoers.ts";

/** How a channel ended and what it had said by then. */
export interface Ended {
  /** `flooded`: stopped at the byte limit; `silent`: our own timer ran out; `aborted`: the caller gave up. */
  readonly how: "exited" | "lost" | "flooded" | "silent" | "aborted" | "not-opened";
  /** The command's process id; null where the login shell did not get as far as the command. */
  readonly pid: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  readonly exitCode: number | null;
  readonly tookMs: number;
  /** What was printed instead of the command's output, or why the channel did not open. */
  readonly noise: string;
}

/** The node has no `timeout` as we call it: ask again without. Seen with busybox before 1.34 and minimal images. */
export function lacksNodeTimeout({ exitCode, stderr }: Ended): boolean {
  return (
    (exitCode !== 0 && /^(env|sudo): .{0,20}timeout.{0,4}: (No such file|command not found)/m.test(stderr)) ||
    /^timeout: (invalid|unrecognized|unknown) option/m.test(stderr)
  );
}

/** What a finished channel means. Pure, so that every sentence a node may say can be a line of a test. */
export function answerOf(ended: Ended, command: Command, wrap: Wrap): Answer {
  return endedEarly(ended, command) ?? hang(ended, command, wrap) ?? refusal(ended, command, wrap) ?? said(ended);
}

function said({ stdout, stderr, exitCode, truncated }: Ended): Answer {
  return value(stdout, { stderr, exitCode, truncated });
}

function endedEarly(ended: Ended, command: Command): Answer | null {
  const { how, noise } = ended;
  const started = ended.pid !== null;
  if (how === "aborted") return unavailable("timed-out", "stopped at the deadline of the whole diagnosis");
  if (how === "not-opened") return unavailable("refused", `sshd opened no session for it: ${noise}`, maxSessions);
  if (how === "flooded" && started) return said({ ...ended, exitCode: null });
  if (how === "lost") return unavailable("cut-off", "the connection ended before the command did");
  if (started) return null;
  if (how === "silent") {
    return unavailable("timed-out", `the login shell did not get to the command within ${seconds(command)} s`);
  }
  return unavailable(
    "unreadable",
    `the login shell did not run the command: ${firstLine(noise) || firstLine(ended.stderr)}`,
  );
}

const maxSessions = "raise MaxSessions in the node's sshd_config (default 10)";
/** The node's clock and ours do not start at the same moment. */
const earlyMs = 100;
const seconds = ({ limits }: Command): number => nodeSeconds(limits.timeoutMs);

/** `timeout` exits 124 when it had to end the command; when it had to kill it, 137 or itself by that signal. */
function hang({ how, exitCode, tookMs }: Ended, command: Command, { nodeTimeout }: Wrap): Unavailable | null {
  const limit = seconds(command);
  const stopped = how === "exited" && (exitCode === 124 || exitCode === 137 || exitCode === null);
  if (stopped && nodeTimeout && tookMs >= limit * 1000 - earlyMs)
    return unavailable("hung", `no end after ${limit} s; it was killed on the node`);
  if (how !== "silent") return null;
  const detail = nodeTimeout ? "and did not die when it was killed on the node" : "and was sent SIGKILL";
  return unavailable("hung", `no end after ${limit} s, ${detail}`);
}

const sudoSays = [
  /^sudo: a password is required/m,
  /^sudo: a terminal is required/m,
  /^sudo: sorry, you must have a tty/m,
  /^sudo: sorry, you are not allowed/m,
  /^sudo: no tty present and no askpass/m,
  /^sudo: no valid sudoers sources found/m,
  /^sudo: effective uid is not 0/m,
  /^sudo: .*must be owned by uid 0/m,
  /^sudo: account validation failure/m,
  /^sudo: PAM /m,
  /^Sorry, user \S+ is not allowed to execute/m,
  / is not (in the sudoers file|allowed to run sudo)/,
  /^env: .{0,4}sudo.{0,4}: No such file/m,
];

function refusal(ended: Ended, command: Command, wrap: Wrap): Unavailable | null {
  const { exitCode, stderr, stdout } = ended;
  if (exitCode === 0 || exitCode === null) return null;
  const tool = toolOf(command.argv);
  const throughSudo = command.sudo && wrap.user !== "root";
  if (throughSudo && stdout === "" && sudoSays.some((says) => says.test(stderr))) {
    const line = sudoersLine(wrap.user, wrappedWords(command, wrap).slice(2));
    return unavailable("sudo-refused", firstLine(stderr), line);
  }
  if (exitCode === 127 || /^sudo: \S+: command not found$/m.test(stderr)) {
    return unavailable("tool-missing", `${tool} is not on the node`);
  }
  const unknown =
    stdout === "" && /BusyBox v/.test(stderr) && /^(\S+: (?:unrecognized|invalid) option[^\n]*)/m.exec(stderr);
  if (unknown)
    return unavailable("tool-missing", `${tool} is BusyBox's here and lacks what is asked: ${unknown[1] ?? ""}`);
  if (exitCode === 126 && /Permission denied/.test(stderr)) {
    return unavailable("forbidden", firstLine(stderr), `let ${wrap.user} run ${tool}`);
  }
  return null;
}

/** `env NAME=value tool …` is the tool's. */
function toolOf(argv: readonly string[]): string {
  const [first = "", ...rest] = argv;
  return first === "env" ? (rest.find((word) => !/^[A-Z_]+=/.test(word)) ?? first) : first;
}

function firstLine(text: string): string {
  return (text.trim().split("\n", 1)[0] ?? "").slice(0, 300);
}
