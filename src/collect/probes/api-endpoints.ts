import { z } from "zod";
import { isWhole, textOf } from "../parse/answer.ts";
import { jsonIn } from "../parse/json.ts";
import { arrayOf } from "../parse/kubernetes.ts";
import { defineProbe } from "../probe.ts";

const port = z.object({ name: z.string().nullish().catch(null), port: z.number().int().min(1).max(65_535) });
const slices = z.object({
  items: arrayOf(
    z.object({
      endpoints: arrayOf(z.object({ addresses: arrayOf(z.string().regex(/^[0-9A-Fa-f.:]{2,45}$/)) })),
      ports: arrayOf(port),
    }),
  ),
});

/** The API servers as they announce themselves: behind one address there may be several, of which one is dead. */
export const apiEndpoints = defineProbe({
  id: "api-endpoints",
  asks: "Which API servers are there?",
  provides: {
    "api.endpoints": {
      type: "rows",
      says: "the API servers' own addresses (EndpointSlices of default/kubernetes)",
      columns: ["address", "port"],
    },
  },
  via: {
    source: "kubernetes",
    path: () =>
      "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dkubernetes",
  },
  limits: { timeoutMs: 4_000, maxBytes: 256 * 1024 },
  read: (answer) => {
    const parsed = slices.safeParse(jsonIn(textOf(answer)));
    if (!parsed.success || !isWhole(answer)) return {};
    const rows = parsed.data.items.flatMap(({ endpoints, ports }) =>
      endpoints.flatMap(({ addresses }) =>
        addresses.flatMap((address) => ports.slice(0, 1).map((each) => ({ address, port: each.port }))),
      ),
    );
    return { facts: { "api.endpoints": rows.slice(0, 20) } };
  },
});
