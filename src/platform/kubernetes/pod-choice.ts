import { z } from "zod";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { failed, ok, type Result } from "../../shared/result.ts";

export interface PodExecSettings {
  readonly namespace: string;
  readonly selector: string;
  readonly container?: string | undefined;
  /** `nsenter`, or `chroot FOLDER` where the node's root is mounted. */
  readonly enter: string;
}

export interface ChosenPod {
  readonly name: string;
  readonly container: string;
}

const flag = z.boolean().nullish().catch(null);
const pod = z.object({
  metadata: z.object({ name: z.string(), deletionTimestamp: z.string().nullish() }),
  spec: z.object({
    nodeName: z.string().nullish(),
    hostPID: flag,
    hostNetwork: flag,
    containers: z.array(
      z.object({
        name: z.string(),
        securityContext: z.object({ privileged: flag }).nullish(),
        volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })).nullish(),
      }),
    ),
    volumes: z.array(z.object({ name: z.string(), hostPath: z.object({ path: z.string() }).nullish() })).nullish(),
  }),
  status: z.object({ phase: z.string().nullish() }).nullish(),
});
const podList = z.object({ items: z.array(z.unknown()) });
type Pod = z.infer<typeof pod>;

/** The first pod on the node that can be entered; else what those that match lack. */
export function podIn(list: unknown, node: string, settings: PodExecSettings): Result<ChosenPod, Unavailable> {
  const items = podList.safeParse(list).data?.items ?? [];
  const here = items.flatMap((item) => pod.safeParse(item).data ?? []).filter(({ spec }) => spec.nodeName === node);
  if (here.length === 0) {
    const detail = `no pod of ${settings.namespace} with ${settings.selector} is on this node`;
    return failed(unavailable("not-configured", detail, "run one on every node, tolerating every taint"));
  }
  const judged = here.map((each) => chosen(each, settings));
  return judged.find((each) => each.ok) ?? judged[0] ?? failed(unavailable("unreadable", "no pods"));
}

function chosen(one: Pod, settings: PodExecSettings): Result<ChosenPod, Unavailable> {
  const { metadata, spec, status } = one;
  const name = `${settings.namespace}/${metadata.name}`;
  const lacking = (what: string, grant?: string) => failed(unavailable("not-configured", `${name} ${what}`, grant));
  const container = spec.containers.find(
    (each) => settings.container === undefined || each.name === settings.container,
  );
  if (container === undefined)
    return lacking(`has no container ${settings.container}`, "set clusters[].podExec.container");
  if (status?.phase !== "Running" || metadata.deletionTimestamp)
    return failed(unavailable("refused", `${name} does not run`));
  const lacks = lackOf(one, container, settings.enter);
  if (lacks !== null) return lacking(`shows the container, not the node: it lacks ${lacks}`, `give the pod ${lacks}`);
  return ok({ name: metadata.name, container: container.name });
}

/**
 * Without these a command would answer for the container (its processes, its network, its root) and be taken for the
 * node's own word.
 */
function lackOf({ spec }: Pod, container: Pod["spec"]["containers"][number], enter: string): string | null {
  if (container.securityContext?.privileged !== true) return "securityContext.privileged: true";
  if (spec.hostPID !== true) return "hostPID: true";
  if (enter === "nsenter") return null;
  if (spec.hostNetwork !== true) return "hostNetwork: true";
  const folder = trimmed(enter.replace(/^chroot /, ""));
  const mount = container.volumeMounts?.find(({ mountPath }) => trimmed(mountPath) === folder);
  const volume = spec.volumes?.find(({ name }) => name === mount?.name);
  return volume?.hostPath?.path === "/" ? null : `the node's / as a hostPath volume at ${folder}`;
}

const trimmed = (path: string): string => path.replace(/(?<=.)\/+$/, "");
