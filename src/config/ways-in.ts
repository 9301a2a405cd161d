import { z } from "zod";

/** How a node is read where SSH cannot: the keys `clusters[].kubeletApi` and `clusters[].podExec`. */

const ways = z.enum(["off", "direct", "proxy"]);
const port = z.number().int().min(1).max(65_535).default(10_250);

const kubeletApiParts = z.strictObject({
  way: ways,
  /** direct: where kubelets listen. */
  port,
  /** direct: who signed their serving certificates, where that is not the cluster's own authority. */
  caFile: z.string().min(1).optional(),
});
export type KubeletApiConfig = z.infer<typeof kubeletApiParts>;

/** `direct` asks the kubelet itself, `proxy` through the API server. A plain word is the way. */
export const kubeletApiSchema = z.union([ways.transform((way) => kubeletApiParts.parse({ way })), kubeletApiParts]);

/** Names as Kubernetes has them, since they become parts of a URL. */
const dnsName = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "a name as Kubernetes has it");
/** `a=b`, `a!=b`, `a`, `a in (b, c)`, several with commas: what `kubectl get -l` takes. */
const selector = z
  .string()
  .regex(/^[A-Za-z0-9!][A-Za-z0-9 ./_=!,()-]{0,499}$/, "a label selector, as in app=node-agent");

export const podExecSchema = z.strictObject({
  namespace: dnsName,
  selector,
  /** Default: its first container. */
  container: dnsName.optional(),
  /** How the pod's root becomes the node's: the node's root is mounted there, or its processes are seen. */
  enter: z
    .union([z.literal("nsenter"), z.templateLiteral(["chroot /", z.string().regex(/^[A-Za-z0-9._/-]{1,200}$/)])])
    .default("nsenter"),
});
export type PodExecConfig = z.infer<typeof podExecSchema>;
