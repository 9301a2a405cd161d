import type { Row } from "../../facts/fact.ts";
import { isoStamp } from "./stamp.ts";

interface Managed {
  readonly manager?: string | undefined;
  readonly operation?: string | undefined;
  readonly time?: string | undefined;
  readonly fieldsV1?: unknown;
}

/**
 * Who set what decides whether pods come and stay: the cordon and each taint by its key. The API server keeps one time
 * per manager, that of the last change of any of its fields: the cordon is not younger than that.
 */
export function setBy(managed: readonly Managed[]): readonly Row[] {
  return managed
    .flatMap(({ manager, operation, time, fieldsV1 }) => {
      const at = isoStamp(time);
      const whats = at === undefined || manager === undefined ? [] : whatsIn(fieldsV1);
      return whats.map((what) => ({ what, manager: manager ?? null, operation: operation ?? null, at: at ?? null }));
    })
    .slice(0, 100);
}

/** `{"f:spec":{"f:unschedulable":{},"f:taints":{"k:{\"key\":\"a\",\"effect\":\"NoSchedule\"}":…}}}`; taints may be one atom. */
function whatsIn(fields: unknown): readonly string[] {
  const spec = member(fields, "f:spec");
  const taints = member(spec, "f:taints");
  const keys = Object.keys(taints ?? {}).flatMap((key) => /^k:\{.*?"key":"([^"]{1,320})"/.exec(key)?.[1] ?? []);
  return [
    ...(member(spec, "f:unschedulable") === null ? [] : ["cordon"]),
    ...(taints !== null && keys.length === 0 ? ["taints"] : []),
    ...keys.map((key) => `taint ${key}`),
  ];
}

function member(given: unknown, name: string): Readonly<Record<string, unknown>> | null {
  if (typeof given !== "object" || given === null || !Object.hasOwn(given, name)) return null;
  const found: unknown = Reflect.get(given, name);
  return typeof found === "object" && found !== null ? (found as Readonly<Record<string, unknown>>) : null;
}
