import { placesOf, runtimesByUnit } from "./flavours.ts";
import { property, shownUnits, type Unit } from "./unit.ts";
import { statusUnits } from "./unit-status.ts";

/** What systemctl is asked of a unit; the same for every unit, so that one call shows several. */
export const unitProperties =
  "Id,LoadState,ActiveState,SubState,UnitFileState,Result,ExecMainCode,ExecMainStatus,ExecMainPID," +
  "ExecMainStartTimestamp,MainPID,NRestarts,ConditionResult,ConditionTimestamp,AssertResult,AssertTimestamp," +
  "ActiveEnterTimestamp,InactiveEnterTimestamp,NeedDaemonReload,FragmentPath,DropInPaths,MemoryMax,User";

/** Asked in UTC and plain English, so that stamps and words can be read. No root needed. */
export function showUnits(names: readonly string[]): readonly string[] {
  return ["env", "TZ=UTC", "LC_ALL=C", "systemctl", "show", "--no-pager", `--property=${unitProperties}`, ...names];
}

/** The kubelet's unit by flavour: kubeadm and most others; k3s, RKE2, MicroK8s, k0s and snaps run it inside theirs. */
export const kubeletUnits = placesOf("kubeletUnits");

/** The runtime's unit and what it runs. */
export const runtimeUnits = runtimesByUnit;

/** All units an output of `systemctl show`, `status`, `is-active` or `is-enabled` speaks of. */
export function unitsIn(lines: readonly string[], asked: readonly string[]): readonly Unit[] {
  return [...shownUnits(lines, asked), ...statusUnits(lines), ...oneWord(lines, asked)];
}

/** Of the units looked for: the first in use, else the first that exists, else the first shown not to exist. */
export function chosenUnit(units: readonly Unit[], names: readonly string[]): Unit | undefined {
  const sought = names.flatMap((name) => units.find((unit) => property(unit, "Id") === name) ?? []);
  const existing = sought.filter((unit) => property(unit, "LoadState") !== "not-found");
  return existing.find(inUse) ?? existing[0] ?? sought[0];
}

/** A unit that is neither running nor to start at boot may be left over from another flavour. */
function inUse(unit: Unit): boolean {
  return property(unit, "ActiveState") !== "inactive" || property(unit, "UnitFileState") === "enabled";
}

/** `systemctl is-active kubelet` answers one word; among other text it cannot be told whose. */
function oneWord(lines: readonly string[], asked: readonly string[]): readonly Unit[] {
  const verb = asked.find((word) => word === "is-active" || word === "is-enabled");
  const words = lines.filter((line) => line.trim() !== "");
  const name = asked.at(-1);
  if (verb === undefined || name === undefined || words.length !== 1) return [];
  const key = verb === "is-active" ? "ActiveState" : "UnitFileState";
  return shownUnits([`${key}=${words[0]?.trim()}`], [name]);
}

/** Whether a command asks systemd about one of these units. */
export function asksSystemdAbout(words: readonly string[], names: readonly string[]): boolean {
  const verb = words.find((word, index) => index > 0 && !word.startsWith("-"));
  const asked = words.map((word) => (word.includes(".") ? word : `${word}.service`));
  return (
    words[0] === "systemctl" &&
    /^(show|status|is-active|is-enabled)$/.test(verb ?? "") &&
    names.some((name) => asked.includes(name))
  );
}
