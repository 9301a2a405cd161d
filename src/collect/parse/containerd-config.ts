import { z } from "zod";
import { type Facts, facts } from "./reading.ts";
import { tomlIn } from "./toml.ts";

const text = z.string().optional().catch(undefined);
const table = z.record(z.string(), z.unknown());
const schema = z.object({
  version: z.number().optional().catch(undefined),
  imports: z.array(z.string()).optional().catch(undefined),
  disabled_plugins: z.array(z.string()).optional().catch(undefined),
  plugins: z.record(z.string(), table).optional().catch(undefined),
});

/** The CRI plugin by config version: 1, 2, and 3, which splits it in two. */
const criIds = ["cri", "io.containerd.grpc.v1.cri", "io.containerd.cri.v1.runtime"];
const imageIds = ["cri", "io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images"];
const runtime = z.object({ options: z.object({ SystemdCgroup: z.boolean().optional() }).optional() });
const criPlugin = z.object({
  sandbox_image: text,
  systemd_cgroup: z.boolean().optional().catch(undefined),
  cni: z
    .object({ bin_dir: text, bin_dirs: z.array(z.string()).optional().catch(undefined), conf_dir: text })
    .optional()
    .catch(undefined),
  containerd: z
    .object({ default_runtime_name: text, runtimes: z.record(z.string(), runtime).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/**
 * What containerd's config sets; folders it leaves out are containerd's defaults. `certain`: the text is known to be
 * the whole file; else a text that is no TOML proves nothing.
 */
export function containerdConfigFacts(content: string, certain: boolean): Facts {
  const parsed = tomlIn(content);
  if (!parsed.ok) return certain ? { "containerd.config.valid": false, "containerd.config.error": parsed.problem } : {};
  const config = schema.safeParse(parsed.value);
  if (!config.success) return {};
  const { version, imports, disabled_plugins: disabled = [], plugins = {} } = config.data;
  const cri = criPlugin.safeParse(sectionOf(plugins, criIds)).data;
  const images = z.object({
    sandbox_image: text,
    pinned_images: z.object({ sandbox: text }).optional().catch(undefined),
  });
  const image = images.safeParse(sectionOf(plugins, imageIds)).data;
  return facts({
    "containerd.config.valid": true,
    "containerd.config.error": null,
    "containerd.config.version": version ?? null,
    "containerd.disabledPlugins": disabled,
    "containerd.criDisabled": disabled.some((plugin) => criIds.includes(plugin)),
    "containerd.systemdCgroup": systemdCgroup(cri) ?? null,
    "containerd.cniBinDir": cri?.cni?.bin_dirs?.[0] ?? cri?.cni?.bin_dir ?? "/opt/cni/bin",
    "containerd.cniConfDir": cri?.cni?.conf_dir ?? "/etc/cni/net.d",
    "containerd.sandboxImage": image?.sandbox_image ?? image?.pinned_images?.sandbox ?? null,
    "containerd.imports": imports ?? [],
  });
}

function sectionOf(plugins: Readonly<Record<string, unknown>>, ids: readonly string[]): unknown {
  return plugins[ids.findLast((id) => id in plugins) ?? ""] ?? {};
}

function systemdCgroup(cri: z.infer<typeof criPlugin> | undefined): boolean | undefined {
  const name = cri?.containerd?.default_runtime_name ?? "runc";
  return cri?.containerd?.runtimes?.[name]?.options?.SystemdCgroup ?? cri?.systemd_cgroup;
}
