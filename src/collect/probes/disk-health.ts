import { z } from "zod";
import type { FactValue, Row } from "../../facts/fact.ts";
import { linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe, type Known } from "../probe.ts";

const count = z.number().optional().catch(undefined);
/** The parts of `smartctl -H -A --json` that are read, for ATA and NVMe. */
const smart = z.object({
  device: z.object({ name: z.string().max(64) }),
  smart_status: z.object({ passed: z.boolean() }).optional().catch(undefined),
  ata_smart_attributes: z
    .object({ table: z.array(z.object({ id: z.number(), raw: z.object({ value: z.number() }) })) })
    .optional()
    .catch(undefined),
  nvme_smart_health_information_log: z
    .object({ critical_warning: count, percentage_used: count, media_errors: count, available_spare: count })
    .optional()
    .catch(undefined),
});
type Smart = z.infer<typeof smart>;

/**
 * What the disks say of themselves. Asking a dying disk can take its time, so only where something waits for disks or
 * could not be written; --json=c prints a line per disk.
 */
export const diskHealth = defineProbe({
  id: "disk-health",
  asks: "Do the disks call themselves healthy?",
  provides: {
    "disk.healthRows": {
      type: "rows",
      says: "the disks' own health (SMART): sectors given up and waiting to be, errors of the medium, wear in percent",
      columns: ["device", "passed", "reallocated", "pending", "mediaErrors", "wearPercent", "warning"],
    },
  },
  after: ["psi.ioSome60", "mount.readOnlyRoles", "process.dState"],
  via: {
    source: "ssh",
    argv: (known) =>
      worthAsking(known)
        ? [
            ...["find", "/dev", "-maxdepth", "1", "-type", "b", "-regextype", "posix-extended"],
            ...["-regex", "/dev/(sd[a-z]|nvme[0-9]n1)", "-exec", "smartctl", "-H", "-A", "--json=c", "{}", ";"],
          ]
        : null,
    sudo: true,
  },
  byHand: ["smartctl", "-H", "-A", "/dev/sda"],
  limits: { timeoutMs: 5_000, maxBytes: 512 * 1024 },
  read: (answer) => {
    const lines = linesOf(answer).filter((line) => line.startsWith("{"));
    const rows = lines.flatMap(rowOf);
    const bad = rows.find(({ passed }) => passed === false);
    return rows.length === 0
      ? {}
      : { facts: { "disk.healthRows": shown(rows, bad && `${bad.device}: SMART status failed`) } };
  },
});

function worthAsking(known: Known): boolean {
  const above = (name: string, limit: number): boolean => Number(known.get(name) ?? 0) > limit;
  const closed: FactValue | undefined = known.get("mount.readOnlyRoles");
  return above("psi.ioSome60", 20) || above("process.dState", 0) || (Array.isArray(closed) && closed.length > 0);
}

/** A disk that could not be asked has neither a status nor attributes. */
function rowOf(line: string): readonly Row[] {
  const parsed = smart.safeParse(json(line));
  if (!parsed.success) return [];
  const { device, smart_status: status, nvme_smart_health_information_log: nvme } = parsed.data;
  if (status === undefined && nvme === undefined) return [];
  return [
    {
      device: device.name,
      passed: status?.passed ?? null,
      reallocated: attribute(parsed.data, 5),
      pending: attribute(parsed.data, 197),
      mediaErrors: nvme?.media_errors ?? attribute(parsed.data, 198),
      wearPercent: nvme?.percentage_used ?? null,
      warning: nvme?.critical_warning ?? null,
    },
  ];
}

function attribute({ ata_smart_attributes: ata }: Smart, wanted: number): number | null {
  return ata?.table.find(({ id }) => id === wanted)?.raw.value ?? null;
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A line that was cut: the disk is not told.
    return undefined;
  }
}
