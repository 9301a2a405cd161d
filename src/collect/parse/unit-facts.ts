import type { FactSpec } from "../../facts/fact.ts";
import { type Facts, facts, integer, shown } from "./reading.ts";
import { kibibytes } from "./size.ts";
import { systemdStamp } from "./stamp.ts";
import { property, type Unit } from "./unit.ts";

/** The facts of one systemd unit under a prefix (`kubelet.unit`); `who` names it in sentences. */
export function unitSpecs(prefix: string, who: string): Readonly<Record<string, FactSpec>> {
  const specs: Readonly<Record<string, FactSpec>> = {
    name: { type: "string", says: `the systemd unit that runs ${who}` },
    load: {
      type: "string",
      says: `how systemd loaded the unit of ${who}`,
      values: ["loaded", "not-found", "masked", "error", "bad-setting", "stub", "merged"],
    },
    active: {
      type: "string",
      says: `the state of the unit of ${who}`,
      values: ["active", "reloading", "activating", "inactive", "failed", "deactivating", "maintenance"],
    },
    sub: { type: "string", says: `the finer state of the unit of ${who} (running, dead, auto-restart)` },
    file: { type: "string", says: `whether the unit of ${who} starts at boot (enabled, disabled, masked, static)` },
    result: {
      type: "string",
      says: `why ${who} last ended, as systemd puts it (success, exit-code, signal, core-dump, oom-kill, start-limit-hit)`,
    },
    exitCode: { type: "number", says: `the status with which ${who} last exited` },
    exitSignal: { type: "number", says: `the signal that last ended ${who}` },
    restarts: { type: "number", says: `how often systemd restarted ${who} by itself` },
    condition: { type: "boolean", says: `whether the unit's conditions held when ${who} was last to start` },
    assert: { type: "boolean", says: `whether the unit's assertions held when ${who} was last to start` },
    since: { type: "time", says: `since when the unit of ${who} is in its state` },
    neverStarted: { type: "boolean", says: `whether ${who} was never started in this boot` },
    startedAt: { type: "time", says: `when the main process of ${who} was last started` },
    pid: { type: "number", says: `the main process of ${who}` },
    needDaemonReload: { type: "boolean", says: "whether the unit's file changed since systemd read it" },
    fragment: { type: "string", says: "the unit's file" },
    dropIns: { type: "list", says: "the unit's drop-in files" },
    user: { type: "string", says: `the user that the unit runs ${who} as; absent: root` },
    memoryMax: { type: "number", says: `the memory limit of the unit of ${who}`, unit: "bytes" },
  };
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [`${prefix}.${name}`, spec]));
}

/** What a unit's properties show; a property that was not printed is left out. */
export function unitFacts(prefix: string, unit: Unit): Facts {
  const since = sinceOf(unit);
  const found = {
    name: plain(unit, "Id"),
    load: plain(unit, "LoadState"),
    active: plain(unit, "ActiveState", since),
    sub: plain(unit, "SubState", since),
    file: plain(unit, "UnitFileState"),
    result: plain(unit, "Result"),
    ...exitOf(unit),
    restarts: numeric(unit, "NRestarts"),
    condition: checked(unit, "Condition"),
    assert: checked(unit, "Assert"),
    since: since === undefined ? undefined : shown(since, sinceLine(unit), since),
    neverStarted: neverStarted(unit),
    startedAt: stamped(unit, "ExecMainStartTimestamp"),
    pid: property(unit, "MainPID") === "0" ? null : numeric(unit, "MainPID"),
    needDaemonReload: yesNo(unit, "NeedDaemonReload"),
    fragment: plain(unit, "FragmentPath"),
    dropIns: listed(unit, "DropInPaths"),
    user: plain(unit, "User"),
    memoryMax: memoryMax(unit),
  };
  return facts(Object.fromEntries(Object.entries(found).map(([name, reading]) => [`${prefix}.${name}`, reading])));
}

/** An empty value means the unit has none: absent. */
function plain(unit: Unit, name: string, since?: string) {
  const found = unit.get(name);
  if (found === undefined) return undefined;
  return found.value === "" ? null : shown(found.value, found.line, since);
}

function numeric(unit: Unit, name: string) {
  const number = integer(property(unit, name));
  return number === undefined ? undefined : shown(number, unit.get(name)?.line);
}

function yesNo(unit: Unit, name: string) {
  const found = unit.get(name);
  return found?.value === "yes" || found?.value === "no" ? shown(found.value === "yes", found.line) : undefined;
}

/** `no` is also what a unit shows that was never to start; only with the check's time it means the check failed. */
function checked(unit: Unit, name: "Condition" | "Assert") {
  const wasChecked = (property(unit, `${name}Timestamp`) ?? "") !== "";
  return property(unit, `${name}Result`) === "no" && !wasChecked ? undefined : yesNo(unit, `${name}Result`);
}

function stamped(unit: Unit, name: string) {
  const at = systemdStamp(property(unit, name));
  return at === undefined ? undefined : shown(at, unit.get(name)?.line);
}

function listed(unit: Unit, name: string) {
  const found = unit.get(name);
  return found === undefined ? undefined : found.value.split(" ").filter((path) => path.startsWith("/"));
}

/** ExecMainCode is the kernel's: 1 exited, 2 killed, 3 killed with a core dump, 0 neither yet. */
function exitOf(unit: Unit) {
  const code = property(unit, "ExecMainCode");
  if (code === "1") return { exitCode: numeric(unit, "ExecMainStatus"), exitSignal: null };
  if (code === "2" || code === "3") return { exitCode: null, exitSignal: numeric(unit, "ExecMainStatus") };
  return code === "0" ? { exitCode: null, exitSignal: null } : {};
}

function neverStarted(unit: Unit) {
  const pid = unit.get("ExecMainPID");
  if (pid === undefined || property(unit, "LoadState") === "not-found") return undefined;
  return shown(pid.value === "0" && (property(unit, "ExecMainStartTimestamp") ?? "") === "", pid.line);
}

const stampOfState = (unit: Unit) =>
  property(unit, "ActiveState") === "active" ? "ActiveEnterTimestamp" : "InactiveEnterTimestamp";

function sinceOf(unit: Unit): string | undefined {
  return systemdStamp(property(unit, stampOfState(unit)));
}

function sinceLine(unit: Unit): string | undefined {
  return unit.get(stampOfState(unit))?.line;
}

function memoryMax(unit: Unit) {
  const shownSize = kibibytes(property(unit, "MemoryMaxShown"), "B");
  if (shownSize !== undefined) return shown(shownSize * 1024, unit.get("MemoryMaxShown")?.line);
  const found = unit.get("MemoryMax");
  // 2^64-1 is how old versions print infinity.
  if (found?.value === "infinity" || (found?.value.length ?? 0) > 18) return null;
  return numeric(unit, "MemoryMax");
}
