import { z } from "zod";
import { jsonIn } from "./json.ts";
import { isoStamp } from "./stamp.ts";
import { textAt, within, xmlIn } from "./xml.ts";

export const instanceStates = [
  "running",
  "starting",
  "stopping",
  "stopped",
  "suspended",
  "terminated",
  "gone",
  "unknown",
] as const;
export type InstanceState = (typeof instanceStates)[number];

/** What one provider says of a machine; left out: it does not say. */
export interface Instance {
  readonly state: InstanceState;
  /** The provider's own words, for the report's quotation. */
  readonly line: string;
  readonly reason?: string | undefined;
  readonly launched?: string | undefined;
  readonly stopped?: string | undefined;
  /** A machine that the provider may take back at any time. */
  readonly spot?: boolean | undefined;
  /** It was taken back. */
  readonly preempted?: boolean | undefined;
  readonly health?: string | undefined;
}

/** An answer of EC2, Compute Engine, Azure or a Redfish service, told by its form. */
export function instanceIn(text: string): Instance | undefined {
  if (/^\s*<\?xml|^\s*<Describe/.test(text)) return ofAws(text);
  const found = jsonIn(text);
  return ofGoogle(found) ?? ofAzure(found) ?? ofRedfish(found);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html */
const aws: Readonly<Record<string, InstanceState>> = {
  pending: "starting",
  running: "running",
  "shutting-down": "stopping",
  terminated: "terminated",
  stopping: "stopping",
  stopped: "stopped",
};

function ofAws(text: string): Instance | undefined {
  const found = within(xmlIn(text), "reservationSet", "item", "instancesSet", "item")[0];
  const name = textAt(found, "instanceState", "name");
  if (name === undefined) return undefined;
  const reason = textAt(found, "stateReason", "message") ?? textAt(found, "reason");
  const stamp = /\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:\+00:00)?(?: (?:GMT|UTC))?\)/.exec(
    textAt(found, "reason") ?? "",
  );
  return {
    state: aws[name] ?? "unknown",
    line: [`instanceState ${name}`, ...(reason === undefined ? [] : [`stateReason ${reason}`])].join(", "),
    reason,
    launched: isoStamp(textAt(found, "launchTime")),
    stopped: stamp === null ? undefined : isoStamp(`${stamp[1]}T${stamp[2]}Z`),
    spot: textAt(found, "instanceLifecycle") === "spot",
    preempted: /^Server\.SpotInstance(Termination|Shutdown)/.test(reason ?? ""),
  };
}

/** https://docs.cloud.google.com/compute/docs/instances/instance-lifecycle */
const google: Readonly<Record<string, InstanceState>> = {
  PENDING: "starting",
  PROVISIONING: "starting",
  STAGING: "starting",
  RUNNING: "running",
  REPAIRING: "starting",
  PENDING_STOP: "stopping",
  STOPPING: "stopping",
  SUSPENDING: "stopping",
  SUSPENDED: "suspended",
  STOPPED: "stopped",
  TERMINATED: "stopped",
};
const word = z.string().max(500).optional().catch(undefined);
const googleInstance = z.object({
  status: z.string().regex(/^[A-Z_]{3,30}$/),
  statusMessage: word,
  lastStartTimestamp: word,
  lastStopTimestamp: word,
  scheduling: z.object({ preemptible: z.boolean().optional(), provisioningModel: word }).optional().catch(undefined),
});

function ofGoogle(found: unknown): Instance | undefined {
  const parsed = googleInstance.safeParse(found).data;
  if (parsed === undefined) return undefined;
  const { status, statusMessage, scheduling } = parsed;
  return {
    state: google[status] ?? "unknown",
    line: `"status": "${status}"`,
    reason: statusMessage,
    launched: isoStamp(parsed.lastStartTimestamp),
    stopped: isoStamp(parsed.lastStopTimestamp),
    spot: scheduling?.preemptible === true || scheduling?.provisioningModel === "SPOT",
  };
}

/** https://learn.microsoft.com/en-us/azure/virtual-machines/states-billing */
const azure: Readonly<Record<string, InstanceState>> = {
  creating: "starting",
  starting: "starting",
  running: "running",
  stopping: "stopping",
  stopped: "stopped",
  deallocating: "stopping",
  deallocated: "stopped",
  hibernated: "suspended",
};
const azureView = z.object({
  statuses: z.array(z.object({ code: z.string().max(200), displayStatus: word, time: word })).max(100),
});

function ofAzure(found: unknown): Instance | undefined {
  const statuses = azureView.safeParse(found).data?.statuses;
  const power = statuses?.find(({ code }) => code.startsWith("PowerState/"));
  if (statuses === undefined || power === undefined) return undefined;
  const failed = statuses.find(({ code }) => code.startsWith("ProvisioningState/failed"));
  return { state: azure[power.code.slice(11).toLowerCase()] ?? "unknown", line: power.code, reason: failed?.code };
}

/** DSP0266; Resource.PowerState and Resource.Health. */
const redfish: Readonly<Record<string, InstanceState>> = {
  On: "running",
  Off: "stopped",
  PoweringOn: "starting",
  PoweringOff: "stopping",
  Paused: "suspended",
};
const computer = z.object({
  PowerState: z.string().max(40),
  Status: z.object({ Health: word, HealthRollup: word, State: word }).optional().catch(undefined),
});

function ofRedfish(found: unknown): Instance | undefined {
  const parsed = computer.safeParse(found).data;
  if (parsed === undefined) return undefined;
  const health = parsed.Status?.HealthRollup ?? parsed.Status?.Health;
  const line = `"PowerState": "${parsed.PowerState}"${health === undefined ? "" : `, "Health": "${health}"`}`;
  return { state: redfish[parsed.PowerState] ?? "unknown", line, health };
}
