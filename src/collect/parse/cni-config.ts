import { z } from "zod";
import { failed, ok, type Result } from "../../shared/result.ts";

/** What the runtime needs of a CNI configuration. */
export interface CniConfig {
  readonly name: string | null;
  readonly version: string | null;
  /** Plugin types, IPAM included, in order and once each. */
  readonly types: readonly string[];
}

const plugin = z.object({
  type: z.string(),
  ipam: z.object({ type: z.string().optional() }).nullish(),
  delegate: z.object({ type: z.string().optional() }).nullish(),
});
const schema = z.object({
  name: z.string().optional(),
  cniVersion: z.string().optional(),
  type: z.string().optional(),
  plugins: z.array(plugin).optional(),
  ipam: plugin.shape.ipam,
  delegate: plugin.shape.delegate,
});

/** A `.conf` (one plugin) or `.conflist` (a chain), or why libcni could not load it. */
export function cniConfigIn(content: string): Result<CniConfig, string> {
  let document: unknown;
  try {
    document = JSON.parse(content);
  } catch (thrown) {
    return failed(thrown instanceof Error ? thrown.message.slice(0, 200) : "not JSON");
  }
  const parsed = schema.safeParse(document);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    return failed(`${first?.path.join(".") || "document"}: ${first?.message ?? "no CNI configuration"}`);
  }
  const { data } = parsed;
  const own = data.type === undefined ? [] : [{ type: data.type, ipam: data.ipam, delegate: data.delegate }];
  const chain = data.plugins ?? own;
  if (chain.length === 0) return failed("no plugins");
  const types = chain.flatMap(({ type, ipam, delegate }) => [type, ipam?.type, delegate?.type]);
  return ok({
    name: data.name ?? null,
    version: data.cniVersion ?? null,
    types: [...new Set(types.filter((type) => type !== undefined && type !== ""))] as readonly string[],
  });
}
