import { z } from "zod";
import type { CloudQuestion, CloudReader } from "../../collect/ports.ts";
import { type Answer, unavailable, value } from "../../evidence/evidence.ts";
import { fitting } from "./credential.ts";
import { deadline } from "./http.ts";
import { answerOf, type Grants } from "./outcome.ts";
import { type MachineId, machineId } from "./provider-id.ts";
import { type CloudSettings, type CloudTools, consoleBytes, wrongProvider } from "./settings.ts";
import { tokenSource } from "./token.ts";

const metadata = {
  url: new URL("http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token"),
  headers: { "metadata-flavor": "Google" },
};

/** Only these: the rest of an instance holds startup scripts and, on GKE, the kubelet's credentials. */
const instanceFields =
  "status,statusMessage,lastStartTimestamp,lastStopTimestamp,lastSuspendedTimestamp,scheduling,resourceStatus,upcomingMaintenance";
const operationFields =
  "items(operationType,status,statusMessage,targetLink,insertTime,startTime,endTime,user),warning/code";

const rights: Readonly<Record<CloudQuestion, string>> = {
  instance: "compute.instances.get",
  events: "compute.zoneOperations.list",
  console: "compute.instances.getSerialPortOutput",
};

const serial = z.object({ contents: z.string().default("") });

/** Compute Engine's REST API, version 1. */
export function googleReader(settings: CloudSettings, { clock, ask, env }: CloudTools): CloudReader {
  const base = settings.endpoint ?? "https://compute.googleapis.com";
  const token = tokenSource(settings.credential, env, metadata, { clock, ask });
  const get: CloudReader["get"] = async (question, { providerID }, limits, signal) => {
    const id = machineId(providerID ?? "");
    if (id?.provider !== "gcp") return wrongProvider(providerID, "gce://PROJECT/ZONE/NAME");
    const stop = deadline(clock, Math.min(limits.timeoutMs, settings.timeoutMs), signal);
    try {
      const bearer = await token(stop.signal);
      if (!bearer.ok) return bearer.problem;
      const url = new URL(`${base}/compute/v1/projects/${id.project}/zones/${id.zone}/${pathOf(question, id)}`);
      const headers = { authorization: `Bearer ${bearer.value}`, accept: "application/json" };
      const bounds = { maxBytes: question === "console" ? 1024 * 1024 : limits.maxBytes };
      const answer = answerOf(await ask({ url, headers }, bounds, stop.signal), grantsOf(question));
      return question === "console" ? lastLines(answer) : answer;
    } finally {
      stop.done();
    }
  };
  return { get };
}

type Google = Extract<MachineId, { readonly provider: "gcp" }>;

function pathOf(question: CloudQuestion, { project, zone, name }: Google): string {
  if (question === "console") return `instances/${name}/serialPort?port=1&start=-${consoleBytes}`;
  if (question === "instance") return `instances/${name}?fields=${encodeURIComponent(instanceFields)}`;
  const link = `https://www.googleapis.com/compute/v1/projects/${project}/zones/${zone}/instances/${name}`;
  const filter = encodeURIComponent(`targetLink="${link}"`);
  const order = encodeURIComponent("creationTimestamp desc");
  return `operations?maxResults=50&orderBy=${order}&filter=${filter}&fields=${encodeURIComponent(operationFields)}`;
}

const grantsOf = (question: CloudQuestion): Grants => ({
  rights: rights[question],
  credential: "renew the token of clusters[].cloud.credential",
});

function lastLines(answer: Answer): Answer {
  if (answer.kind !== "value") return answer;
  const found = fitting(serial, answer.stdout);
  if (found === undefined) return unavailable("unreadable", "the serial port's output is not as documented");
  return value(found.contents.slice(-consoleBytes), { excerpt: true });
}
