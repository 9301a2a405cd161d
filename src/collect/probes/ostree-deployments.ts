import { z } from "zod";
import { isWhole, textOf } from "../parse/answer.ts";
import { secondsStamp } from "../parse/found.ts";
import { jsonIn } from "../parse/json.ts";
import { arrayOf } from "../parse/kubernetes.ts";
import { defineProbe } from "../probe.ts";

const text = z.string().max(200).nullish().catch(null);
const status = z.object({
  deployments: arrayOf(
    z.object({
      booted: z.boolean().catch(false),
      staged: z.boolean().nullish().catch(null),
      version: text,
      checksum: text,
      timestamp: z.number().nullish().catch(null),
    }),
  ),
});

/** The operating system images of an rpm-ostree system (Fedora and RHEL CoreOS, OpenShift); the newest first. */
export const ostreeDeployments = defineProbe({
  id: "ostree-deployments",
  asks: "Which operating system images are deployed?",
  provides: {
    "ostree.deployments": {
      type: "rows",
      says: "deployed images: built is when the image was made, not when it came here",
      columns: ["version", "booted", "staged", "built", "checksum"],
    },
  },
  via: {
    source: "ssh",
    argv: ["find", "/run/ostree-booted", "-maxdepth", "0", "-exec", "rpm-ostree", "status", "--json", ";"],
  },
  past: "the same",
  byHand: ["rpm-ostree", "status"],
  limits: { timeoutMs: 4_000, maxBytes: 512 * 1024 },
  read: (answer) => {
    const parsed = status.safeParse(jsonIn(textOf(answer)));
    if (!parsed.success || !isWhole(answer)) return {};
    const rows = parsed.data.deployments.map(({ booted, staged, version, checksum, timestamp }) => ({
      version: version ?? null,
      booted,
      staged: staged ?? false,
      built: secondsStamp(timestamp ?? Number.NaN) ?? null,
      checksum: checksum?.slice(0, 64) ?? null,
    }));
    return { facts: { "ostree.deployments": rows.slice(0, 20) } };
  },
});
