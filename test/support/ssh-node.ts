import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { type AddressInfo, connect } from "node:net";
import ssh2, { type Connection, type ServerChannel } from "ssh2";

/** What a scripted node does with one command line. */
export type OnExec = (line: string, channel: ServerChannel, connection: Connection) => void;

export interface SshNodeOptions {
  /** Default: the line runs in this machine's own `sh`, as sshd would run it. */
  readonly onExec?: OnExec;
  readonly hostKeys?: readonly string[];
  /** Public keys (as in authorized_keys) that may log in; default: any. */
  readonly allowed?: readonly string[];
  /** Sessions beyond this are refused, as sshd's MaxSessions does. */
  readonly maxSessions?: number;
  readonly forwards?: boolean;
  /** Whoever logs in gets no answer. */
  readonly slowLogin?: boolean;
  /** sshd takes no signals for root: false, and a command only ends by its process id. */
  readonly signals?: boolean;
}

export interface SshNode {
  readonly port: number;
  /** The line of known_hosts that trusts it, without the names. */
  readonly publicKey: string;
  /** Login attempts so far, one for each connection. */
  readonly logins: () => number;
  /** How many were on their way in at once, at most. */
  readonly mostAtOnce: () => number;
  readonly lines: readonly string[];
  /** Settles with the process group of the first command whose output has the word. */
  readonly said: (word: string) => Promise<number>;
  readonly close: () => Promise<void>;
}

export interface KeyPair {
  readonly private: string;
  readonly public: string;
}

/** ssh2 1.17 drops leading zero bytes when it makes a key, so one in some 180 is malformed: made again. */
export function keyPair(passphrase?: string): KeyPair {
  const made =
    passphrase === undefined
      ? ssh2.utils.generateKeyPairSync("ed25519")
      : ssh2.utils.generateKeyPairSync("ed25519", { passphrase, cipher: "aes256-ctr", rounds: 1 });
  const parsed = [ssh2.utils.parseKey(made.private, passphrase), ssh2.utils.parseKey(made.public)];
  if (parsed.some((key) => key instanceof Error)) return keyPair(passphrase);
  return { private: made.private, public: made.public };
}

/** A real SSH server on loopback. */
export async function startSshNode(options: SshNodeOptions = {}): Promise<SshNode> {
  const own = keyPair();
  const state: State = { logins: 0, entering: 0, mostEntering: 0, sessions: 0, lines: [], output: new EventEmitter() };
  const connections = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [...(options.hostKeys ?? [own.private])] }, (connection) => {
    connections.add(connection);
    withoutNagle(connection);
    connection.on("error", () => undefined); // a client that refuses our key hangs up
    connection.on("close", () => connections.delete(connection));
    let counted = false;
    state.entering += 1;
    state.mostEntering = Math.max(state.mostEntering, state.entering);
    const entered = (): void => {
      state.entering -= 1;
      connection.off("ready", entered).off("close", entered);
    };
    connection.once("ready", entered).once("close", entered);
    if (options.slowLogin === true) return void connection.on("authentication", () => undefined);
    connection.on("authentication", (context) => {
      if (context.method === "none") return context.reject(["publickey"]);
      if (!counted) state.logins += 1;
      counted = true;
      const shown = context.method === "publickey" ? context.key.data.toString("base64") : "";
      const allowed = options.allowed?.some((key) => key.split(" ")[1] === shown) ?? true;
      return allowed ? context.accept() : context.reject(["publickey"]);
    });
    connection.on("ready", () => serve(connection, options, state));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    publicKey: own.public,
    logins: () => state.logins,
    mostAtOnce: () => state.mostEntering,
    lines: state.lines,
    said: (word) =>
      new Promise((resolve) => {
        state.output.on("text", (text: string, pid: number) => text.includes(word) && resolve(pid));
      }),
    close: () => {
      for (const connection of connections) connection.end();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** ssh2 has the function and its types do not; with Nagle on, every answer comes 40 ms late. */
function withoutNagle(connection: Connection & { readonly setNoDelay?: (on: boolean) => void }): void {
  connection.setNoDelay?.(true);
}

interface State {
  logins: number;
  entering: number;
  mostEntering: number;
  sessions: number;
  readonly lines: string[];
  readonly output: EventEmitter;
}

function serve(connection: Connection, options: SshNodeOptions, state: State): void {
  connection.on("session", (accept, reject) => {
    if (state.sessions >= (options.maxSessions ?? 10)) return reject();
    state.sessions += 1;
    const session = accept();
    session.on("close", () => {
      state.sessions -= 1;
    });
    let child: ChildProcess | undefined;
    session.on("signal", (_accept, _reject, { name }) => {
      if (options.signals !== false) endGroup(child, name);
    });
    session.on("exec", (acceptExec, _reject, { command }) => {
      state.lines.push(command);
      const channel = acceptExec();
      channel.on("error", () => undefined);
      if (options.onExec === undefined) child = runHere(command, channel, state.output);
      else options.onExec(command, channel, connection);
    });
  });
  connection.on("tcpip", (accept, reject, { destIP, destPort }) => {
    if (options.forwards !== true) return reject();
    const socket = connect(destPort, destIP, () => {
      const channel = accept();
      channel.on("error", () => undefined);
      socket.pipe(channel).pipe(socket);
    });
    socket.on("error", () => reject());
  });
}

function runHere(line: string, channel: ServerChannel, output: EventEmitter): ChildProcess {
  const child = spawn("/bin/sh", ["-c", line], { detached: true, stdio: "pipe" });
  child.stdin.on("error", () => undefined); // it ended and the channel closes
  child.stdout.on("data", (chunk: Buffer) => {
    if (channel.writable && !channel.write(chunk)) {
      child.stdout.pause(); // a flood waits for whoever reads it, as behind a real sshd
      channel.once("drain", () => child.stdout.resume());
    }
    output.emit("text", chunk.toString(), child.pid ?? 0);
  });
  channel.on("close", () => {
    child.stdin.destroy();
    child.stdout.destroy(); // the writer meets SIGPIPE
  });
  child.on("exit", () => child.stdin.destroy());
  child.stderr.on("data", (chunk: Buffer) => channel.writable && channel.stderr.write(chunk));
  child.on("close", (code, signal) => {
    if (!channel.writable) return;
    if (code === null) channel.exit(String(signal).replace(/^SIG/, ""));
    else channel.exit(code);
    channel.end();
  });
  return child;
}

function endGroup(child: ChildProcess | undefined, name: string): void {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, `SIG${name}` as NodeJS.Signals);
}

/** Answers as the node's shell would: the marker line first, then what the script says. */
export function startOf(line: string, pid = 0): string {
  const marker = /node-why-[0-9a-f]+/.exec(line)?.[0] ?? "";
  return `${marker} ${pid}\n`;
}

/** A scripted answer with an exit status. */
export function reply(
  line: string,
  channel: ServerChannel,
  said: { readonly stdout?: string | Buffer; readonly stderr?: string; readonly exitCode?: number },
): void {
  channel.write(startOf(line));
  if (said.stdout !== undefined) channel.write(said.stdout);
  if (said.stderr !== undefined) channel.stderr.write(said.stderr);
  channel.exit(said.exitCode ?? 0);
  channel.end();
}
