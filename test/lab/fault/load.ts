import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { OperatorError } from "../../../src/shared/errors.ts";
import { type Fault, parseFault } from "../fault-schema.ts";

const folder = new URL("../faults/", import.meta.url);

/** Every fault there is, or those that are named, sorted by name. */
export function loadFaults(only: readonly string[] = []): readonly Fault[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length))
    .sort();
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new OperatorError(`no fault is called ${unknown.join(", ")}`);
  const wanted = names.filter((name) => only.length === 0 || only.includes(name));
  return wanted.map((name) => parseFault(name, parse(readFileSync(new URL(`${name}.yaml`, folder), "utf8"))));
}
