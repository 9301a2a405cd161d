import { z } from "zod";
import type { CloudReader } from "../../collect/ports.ts";
import { type Answer, unavailable, value } from "../../evidence/evidence.ts";
import { fitting } from "./credential.ts";
import { deadline } from "./http.ts";
import { answerOf, type Grants } from "./outcome.ts";
import { machineId } from "./provider-id.ts";
import { type CloudSettings, type CloudTools, consoleBytes, wrongProvider } from "./settings.ts";
import { tokenSource } from "./token.ts";

const metadata = {
  url: new URL(
    "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F",
  ),
  headers: { metadata: "true" },
};

/** What stands behind the machine's resource id, and the right it needs. */
const questions = {
  instance: {
    path: "/instanceView?api-version=2024-07-01",
    rights: "Microsoft.Compute/virtualMachines/instanceView/read",
  },
  events: {
    path: "/providers/Microsoft.ResourceHealth/availabilityStatuses/current?api-version=2022-10-01",
    rights: "Microsoft.ResourceHealth/availabilityStatuses/read",
  },
  console: {
    path: "/retrieveBootDiagnosticsData?api-version=2024-07-01",
    rights: "Microsoft.Compute/virtualMachines/retrieveBootDiagnosticsData/action",
  },
} as const;

const diagnostics = z.object({ serialConsoleLogBlobUri: z.url({ protocol: /^https?$/ }).max(4_096) });

/** Azure Resource Manager's REST API. The right of a scale set's machine is named `virtualMachineScaleSets/virtualMachines/…`. */
export function azureReader(settings: CloudSettings, { clock, ask, env }: CloudTools): CloudReader {
  const base = settings.endpoint ?? "https://management.azure.com";
  const token = tokenSource(settings.credential, env, metadata, { clock, ask });
  const get: CloudReader["get"] = async (question, { providerID }, limits, signal) => {
    const id = machineId(providerID ?? "");
    if (id?.provider !== "azure") return wrongProvider(providerID, "azure:///subscriptions/…/virtualMachines/…");
    const stop = deadline(clock, Math.min(limits.timeoutMs, settings.timeoutMs), signal);
    try {
      const bearer = await token(stop.signal);
      if (!bearer.ok) return bearer.problem;
      const { path, rights } = questions[question];
      const url = new URL(base + id.resource + path);
      const method = question === "console" ? "POST" : "GET";
      const headers = { authorization: `Bearer ${bearer.value}`, accept: "application/json" };
      const said = await ask({ url, method, headers }, { maxBytes: limits.maxBytes }, stop.signal);
      const answer = answerOf(said, grantsFor(rights, id.resource));
      return question === "console" ? await console(answer, settings, ask, stop.signal) : answer;
    } finally {
      stop.done();
    }
  };
  return { get };
}

function grantsFor(right: string, resource: string): Grants {
  const scaleSet = /\/virtualMachineScaleSets\//i.test(resource);
  const rights = scaleSet
    ? right.replace("Compute/virtualMachines", "Compute/virtualMachineScaleSets/virtualMachines")
    : right;
  return { rights, credential: "renew the token of clusters[].cloud.credential" };
}

/** The answer is the address of a blob, with a signature in it: it is read without our token and shown nowhere. */
async function console(
  answer: Answer,
  { endpoint }: CloudSettings,
  ask: CloudTools["ask"],
  signal: AbortSignal,
): Promise<Answer> {
  if (answer.kind !== "value") return answer;
  const blob = fitting(diagnostics, answer.stdout)?.serialConsoleLogBlobUri;
  const url = blob === undefined ? undefined : new URL(blob);
  const ours = endpoint !== undefined && url?.origin === new URL(endpoint).origin;
  const azures =
    url?.protocol === "https:" &&
    /\.(core\.windows\.net|storage\.azure\.net|core\.usgovcloudapi\.net|core\.chinacloudapi\.cn)$/.test(url.hostname);
  if (url === undefined || !(ours || azures)) return unavailable("unreadable", "no address of a serial log was given");
  const text = answerOf(await ask({ url }, { maxBytes: consoleBytes, keep: "tail" }, signal), {
    rights: "the storage account's network rules must allow reading the boot diagnostics",
    credential: "read it again: the address is signed for a short time",
  });
  return text.kind === "value" ? value(text.stdout, { excerpt: true }) : text;
}
