import { readdir } from "node:fs/promises";
import { Bug } from "../shared/errors.ts";
import type { Action } from "./action.ts";

/** Every action there is, by id: the folder is the registry, so that a new one is one file. */
export type Actions = ReadonlyMap<string, Action>;

export async function loadActions(): Promise<Actions> {
  const folder = new URL("./actions/", import.meta.url);
  const files = (await readdir(folder)).filter((name) => /(?<!\.test|\.d)\.[tj]s$/.test(name)).sort();
  const actions = await Promise.all(files.map((name) => loadAction(folder, name)));
  return new Map(actions.map((action) => [action.id, action]));
}

async function loadAction(folder: URL, name: string): Promise<Action> {
  const module = (await import(new URL(name, folder).href)) as Record<string, unknown>;
  const [action, other] = Object.values(module).filter(isAction);
  if (action === undefined || other !== undefined) throw new Bug(`${name} must export exactly one action`);
  if (action.id !== name.replace(/\.[tj]s$/, "")) throw new Bug(`${name} defines the action ${action.id}`);
  return action;
}

function isAction(value: unknown): value is Action {
  return typeof value === "object" && value !== null && "id" in value && "plan" in value;
}
