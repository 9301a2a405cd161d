import { z } from "zod";
import { type OpenView, viewStackLimit } from "../state/views.ts";
import { viewOnWire } from "../state/wire.ts";
import type { World } from "../state/world.ts";
import { validateView } from "../validate/validate.ts";
import { refused } from "./message-content.ts";
import { type Answer, answer, type Method, method, refuse } from "./method.ts";

const opening = z.object({ trigger_id: z.string(), view: z.unknown() });

const open = method(opening, (world, args) => {
  const view = validateView(args.view);
  if (!view.ok) return refused(view.problem);
  if (isTaken(world, view.value.external_id)) return refuse("duplicate_external_id");
  const trigger = world.triggers.exchange(args.trigger_id);
  if (typeof trigger === "string") return refuse(trigger);
  world.views.clear(trigger.user);
  return shown(world, world.views.push(trigger.user, view.value));
});

const push = method(opening, (world, args) => {
  const view = validateView(args.view);
  if (!view.ok) return refused(view.problem);
  if (isTaken(world, view.value.external_id)) return refuse("duplicate_external_id");
  const trigger = world.triggers.exchange(args.trigger_id);
  if (typeof trigger === "string") return refuse(trigger);
  const depth = world.views.stackOf(trigger.user).length;
  if (depth === 0) return refuse("not_found");
  if (depth >= viewStackLimit) return refuse("push_limit_reached");
  return shown(world, world.views.push(trigger.user, view.value));
});

const updating = z.object({
  view: z.unknown(),
  view_id: z.string().optional(),
  external_id: z.string().optional(),
  hash: z.string().optional(),
});

const update = method(updating, (world, args) => {
  const view = validateView(args.view);
  if (!view.ok) return refused(view.problem);
  const current =
    args.view_id === undefined ? world.views.findByExternalId(args.external_id ?? "") : world.views.find(args.view_id);
  if (current === undefined) return refuse("not_found");
  if (args.hash !== undefined && args.hash !== current.hash) return refuse("hash_conflict");
  const replaced = world.views.replace(current.id, view.value);
  return replaced === undefined ? refuse("not_found") : shown(world, replaced);
});

function isTaken(world: World, externalId: string | undefined): boolean {
  return externalId !== undefined && world.views.findByExternalId(externalId) !== undefined;
}

function shown(world: World, view: OpenView): Answer {
  return answer({ view: viewOnWire(world, view) });
}

export const viewMethods: Readonly<Record<string, Method>> = {
  "views.open": open,
  "views.push": push,
  "views.update": update,
};
