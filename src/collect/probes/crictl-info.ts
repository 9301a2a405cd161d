import { z } from "zod";
import { isHung, linesOf, textOf } from "../parse/answer.ts";
import { answered, answerSpecs, answersOf, crictl, crictlAfter, isCrictl } from "../parse/crictl.ts";
import { jsonIn } from "../parse/json.ts";
import { type Facts, facts, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const text = z.string().optional().catch(undefined);
const condition = z.object({ type: z.string(), status: z.boolean(), reason: text, message: text });
const cni = z.object({ binDir: text, binDirs: z.array(z.string()).optional().catch(undefined), confDir: text });
/** The parts of containerd's and CRI-O's answer that are read; CRI-O has only `status`. */
const infoSchema = z.object({
  status: z.object({ conditions: z.array(condition) }),
  config: z
    .object({
      cni: cni.optional().catch(undefined),
      sandboxImage: text,
      containerd: z
        .object({
          runtimes: z
            .record(z.string(), z.object({ options: z.record(z.string(), z.unknown()).nullish() }))
            .optional()
            .catch(undefined),
          defaultRuntimeName: text,
        })
        .optional()
        .catch(undefined),
      systemdCgroup: z.boolean().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  lastCNILoadStatus: text,
});
type Info = z.infer<typeof infoSchema>;

/** The runtime's own account of itself, over the same socket and calls the kubelet uses. */
export const crictlInfo = defineProbe({
  id: "crictl-info",
  asks: "Does the container runtime answer, and is it ready?",
  provides: {
    ...answerSpecs,
    "cri.runtimeReady": { type: "boolean", says: "whether the runtime calls itself ready" },
    "cri.networkReady": { type: "boolean", says: "whether the runtime calls its network ready" },
    "cri.networkMessage": { type: "string", says: "why the runtime's network is not ready" },
    "cri.cniLoadStatus": {
      type: "string",
      says: "how containerd last loaded the CNI configuration (OK, or the error)",
    },
    "cri.systemdCgroup": { type: "boolean", says: "whether the running runtime leaves cgroups to systemd" },
    "cri.cniBinDir": { type: "string", says: "the folder the running containerd takes CNI plugins from" },
    "cri.cniConfDir": { type: "string", says: "the folder the running containerd reads CNI configuration from" },
    "cri.sandboxImage": { type: "string", says: "the pause image the running containerd uses" },
  },
  after: crictlAfter,
  via: { source: "ssh", argv: crictl("info"), sudo: true },
  limits: { timeoutMs: 8_000, maxBytes: 512 * 1024 },
  recognises: (words) => isCrictl(words, "info"),
  read: (answer) => {
    if (isHung(answer)) return { facts: answersOf(answer) };
    const parsed = infoSchema.safeParse(jsonIn(textOf(answer)));
    if (!parsed.success) return { facts: answersOf(answer) };
    const line = linesOf(answer).find((one) => one.includes('"RuntimeReady"'));
    return { facts: answered(answer, factsOf(parsed.data), line) };
  },
});

function factsOf(info: Info): Facts {
  const runtime = info.status.conditions.find(({ type }) => type === "RuntimeReady");
  const network = info.status.conditions.find(({ type }) => type === "NetworkReady");
  const cniConfig = info.config?.cni;
  return facts({
    "cri.runtimeReady":
      runtime === undefined
        ? undefined
        : shown(runtime.status, `RuntimeReady ${runtime.status} ${runtime.message ?? ""}`),
    "cri.networkReady":
      network === undefined
        ? undefined
        : shown(network.status, `NetworkReady ${network.status} ${network.message ?? ""}`),
    "cri.networkMessage": network?.message || undefined,
    "cri.cniLoadStatus": info.lastCNILoadStatus,
    "cri.systemdCgroup": systemdCgroup(info),
    "cri.cniBinDir": cniConfig?.binDirs?.[0] ?? (cniConfig?.binDir || undefined),
    "cri.cniConfDir": cniConfig?.confDir || undefined,
    "cri.sandboxImage": info.config?.sandboxImage || undefined,
  });
}

/** The default runtime's own option counts; the old top-level one is read only by runtime v1. */
function systemdCgroup(info: Info): boolean | undefined {
  const name = info.config?.containerd?.defaultRuntimeName ?? "runc";
  const option = info.config?.containerd?.runtimes?.[name]?.options?.SystemdCgroup;
  return typeof option === "boolean" ? option : info.config?.systemdCgroup;
}
