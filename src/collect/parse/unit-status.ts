import type { Property, Unit } from "./unit.ts";

type Draft = Map<string, Property>;
type Put = (name: string, value: string | undefined) => void;

/** `● kubelet.service - kubelet: The Kubernetes Node Agent`; the dot's form differs by version and state. */
const head = /^(?:[●○×↻*x] )?([\w@.\\:-]{1,80}\.(?:service|slice|socket|mount))(?: - .*)?$/u;
const gone = /^Unit ([\w@.\\:-]{1,80}) could not be found\.$/;

/** The units in the text of `systemctl status A B`, as the properties `systemctl show` would print. */
export function statusUnits(lines: readonly string[]): readonly Unit[] {
  const units: Draft[] = [];
  for (const line of lines) {
    const name = head.exec(line)?.[1];
    const missing = gone.exec(line)?.[1];
    const current = units.at(-1);
    if (name !== undefined) units.push(new Map([["Id", { value: name, line }]]));
    else if (missing !== undefined) units.push(notFound(missing, line));
    else if (current !== undefined) readField(current, line);
  }
  return units.filter((unit) => unit.has("LoadState") || unit.has("ActiveState"));
}

function notFound(name: string, line: string): Draft {
  return new Map(
    Object.entries({ Id: name, LoadState: "not-found", ActiveState: "inactive" }).map(([key, value]) => [
      key,
      { value, line },
    ]),
  );
}

function readField(unit: Draft, line: string): void {
  const parts = /^\s{0,40}(Loaded|Active|Main PID|Drop-In|Memory|Condition|Assert): (.*)$/.exec(line);
  const put: Put = (name, value) => {
    if (value !== undefined && !unit.has(name)) unit.set(name, { value, line });
  };
  if (parts !== null) fields[parts[1] ?? ""]?.(parts[2] ?? "", put);
  else if (/^\s*(?:└─|├─)\S+\.conf/u.test(line)) addDropIns(unit, line);
}

const fields: Readonly<Record<string, (text: string, put: Put) => void>> = {
  Loaded: readLoaded,
  Active: readActive,
  "Main PID": readMainPid,
  "Drop-In": (text, put) => put("DropInFolder", text.trim()),
  Memory: (text, put) => put("MemoryMaxShown", /(?:limit|max): ([\d.]+[BKMGT]?)/.exec(text)?.[1]),
  Condition: (text, put) => readCheck("Condition", text, put),
  Assert: (text, put) => readCheck("Assert", text, put),
};

/** `loaded (/lib/systemd/system/kubelet.service; enabled; preset: enabled)`, `masked (Reason: …)`, `not-found (…)`. */
function readLoaded(text: string, put: Put): void {
  const [, state, inside] = /^([a-z-]+)(?: \((.*)\))?$/.exec(text.trim()) ?? [];
  put("LoadState", state);
  const [path, file] = (inside ?? "").split(";").map((part) => part.trim());
  if (path?.startsWith("/")) put("FragmentPath", path);
  if (state === "masked") put("UnitFileState", "masked");
  else if (file !== undefined && /^[a-z-]+$/.test(file)) put("UnitFileState", file);
}

/** `activating (auto-restart) (Result: exit-code) since Sat 2026-11-21 02:11:02 UTC; 7s ago`. */
function readActive(text: string, put: Put): void {
  const [, state, sub, result, since] =
    /^([a-z-]+)(?: \(([a-z-]+)\))?(?: \(Result: ([a-z-]+)\))?(?: since ([^;]{5,40});.*)?/.exec(text.trim()) ?? [];
  put("ActiveState", state);
  put("SubState", sub);
  // systemctl prints a result only when it is not success.
  if (state !== undefined) put("Result", result ?? "success");
  // Without a time it was never started since boot.
  if (state === "inactive" && since === undefined) put("ExecMainPID", "0");
  put(state === "active" ? "ActiveEnterTimestamp" : "InactiveEnterTimestamp", since);
}

/** `77 (kubelet)` while it runs; `210 (code=killed, signal=KILL)` or `75 (code=exited, status=0/SUCCESS)` after. */
function readMainPid(text: string, put: Put): void {
  const [, pid, inside] = /^(\d{1,10}) \((.*)\)/.exec(text.trim()) ?? [];
  put("ExecMainPID", pid);
  const exited = /code=exited, status=(\d{1,3})/.exec(inside ?? "")?.[1];
  const signal = /code=(killed|dumped), signal=(\w+)/.exec(inside ?? "");
  put("MainPID", inside === undefined || inside.startsWith("code=") ? "0" : pid);
  if (exited !== undefined) put("ExecMainCode", "1");
  put("ExecMainStatus", exited ?? signalNumbers.get(signal?.[2] ?? ""));
  if (signal !== null) put("ExecMainCode", signal[1] === "killed" ? "2" : "3");
}

/** `start condition failed at Sat 2026-11-21 02:11:02 UTC; 7s ago`. */
function readCheck(kind: "Condition" | "Assert", text: string, put: Put): void {
  if (!/^start (condition|assertion) (failed|unmet)/.test(text)) return;
  put(`${kind}Result`, "no");
  put(`${kind}Timestamp`, / at ([^;]{5,40});/.exec(text)?.[1] ?? "shown");
}

function addDropIns(unit: Draft, line: string): void {
  const folder = unit.get("DropInFolder")?.value;
  if (folder === undefined) return;
  const files = line
    .replace(/^[\s└├─]+/u, "")
    .split(",")
    .map((file) => `${folder}/${file.trim()}`);
  const before = unit.get("DropInPaths")?.value;
  unit.set("DropInPaths", { value: [...(before === undefined ? [] : [before]), ...files].join(" "), line });
}

const signalNumbers: ReadonlyMap<string, string> = new Map([
  ["HUP", "1"],
  ["INT", "2"],
  ["QUIT", "3"],
  ["ILL", "4"],
  ["TRAP", "5"],
  ["ABRT", "6"],
  ["BUS", "7"],
  ["FPE", "8"],
  ["KILL", "9"],
  ["SEGV", "11"],
  ["PIPE", "13"],
  ["TERM", "15"],
  ["SYS", "31"],
]);
