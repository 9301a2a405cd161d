import { z } from "zod";
import { imageIds } from "./build/images.ts";

/** A fault: what to do to a real node, what must be seen, and what must be said of it. One file each in `faults/`. */

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "an id is small letters, digits and dashes");

const step = z.strictObject({
  /** `node`: root's shell on the node. `host`: bash on the lab's host, in the lab's network, with NODE, NODE_IP and LAB_… */
  on: z.enum(["node", "host"]),
  run: z.string().min(1),
});
export type Step = z.infer<typeof step>;

export const areas = [
  ...["kubelet", "kubelet-config", "runtime", "cni", "filesystem", "memory", "pids", "certificates", "identity"],
  ...["network", "dns", "control-plane", "host-down", "systemd"],
] as const;

const see = z.strictObject({
  condition: z.string(),
  /** `Missing`: there is no Node object. */
  status: z.enum(["True", "False", "Unknown", "Missing"]),
  reason: z.string().optional(),
  /** Seconds in which it has to be seen. */
  within: z.number().int().min(1).max(300).default(90),
  /** Seconds for which it has to stay so before node-why is asked. */
  settle: z.number().int().min(0).max(120).default(0),
});
export type See = z.infer<typeof see>;

const heal = z.union([
  z.strictObject({ action: id }),
  z.strictObject({ /** Empty where nothing is to be mended. */ run: z.array(step) }),
]);

const faultSchema = z.strictObject({
  name: id,
  area: z.enum(areas as unknown as [string, ...string[]]),
  /** `compound`: two faults, or a loud symptom beside a quiet cause. `healthy`: nothing may be confirmed. */
  kind: z.enum(["single", "compound", "healthy"]),
  about: z.string().min(20),
  image: z.enum(["any", ...imageIds]).default("any"),
  node: z.enum(["ordinary", "sudo-user", "bastion", "api-only"]).default("ordinary"),
  /** Runs while no other node is there: it shows in the shared kernel log, or touches the control plane. */
  alone: z.boolean().default(false),
  inject: z.array(step).default([]),
  see,
  /** The root that must be named first; `none` where nothing is wrong. */
  root: id,
  also: z
    .array(z.strictObject({ id, because: z.string().min(10) }))
    .max(1)
    .default([]),
  verdict: z.enum(["confirmed", "likely", "possible", "unknown", "none"]),
  chain: z.array(id).default([]),
  /** What somebody would blame who looks at the loudest line. */
  naive: id.optional(),
  never: z.array(id).default([]),
  heal,
});
export type Fault = z.infer<typeof faultSchema>;

/** Reads one file; throws with its name and what is wrong in it. */
export function parseFault(name: string, body: unknown): Fault {
  const parsed = faultSchema.safeParse(body);
  if (!parsed.success) throw new Error(`${name}.yaml: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.name !== name) throw new Error(`${name}.yaml: its name is ${parsed.data.name}`);
  return parsed.data;
}
