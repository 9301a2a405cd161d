import type { CloudQuestion, CloudReader } from "../../collect/ports.ts";
import { type Answer, absent, type Unavailable, unavailable, value } from "../../evidence/evidence.ts";
import type { Result } from "../../shared/result.ts";
import { awsKeysSource } from "./aws-keys.ts";
import { loadSigner, type Sign } from "./aws-sign.ts";
import { deadline, type Request, type Response } from "./http.ts";
import { answerOf } from "./outcome.ts";
import { machineId } from "./provider-id.ts";
import { type CloudSettings, type CloudTools, consoleBytes, wrongProvider } from "./settings.ts";

/** EC2's own names of the questions, which are also the names of the rights. */
const actions: Readonly<Record<CloudQuestion, Readonly<Record<string, string>>>> = {
  instance: { Action: "DescribeInstances", "InstanceId.1": "" },
  events: { Action: "DescribeInstanceStatus", IncludeAllInstances: "true", "InstanceId.1": "" },
  console: { Action: "GetConsoleOutput", InstanceId: "" },
};

/** EC2's Query API, version 2016-11-15; it answers in XML only. */
export function awsReader(
  settings: CloudSettings,
  tools: CloudTools,
  signer: () => Promise<Result<Sign, Unavailable>> = loadSigner,
): CloudReader {
  const keys = awsKeysSource(settings.credential, tools.env, tools);
  const get: CloudReader["get"] = async (question, { providerID }, limits, signal) => {
    const id = machineId(providerID ?? "");
    if (id?.provider !== "aws") return wrongProvider(providerID, "aws:///ZONE/i-…");
    const stop = deadline(tools.clock, Math.min(limits.timeoutMs, settings.timeoutMs), signal);
    try {
      const [sign, credential] = await Promise.all([signer(), keys(stop.signal)]);
      if (!sign.ok) return sign.problem;
      if (!credential.ok) return credential.problem;
      const region = settings.region ?? id.region;
      const request = requestFor(question, id.instance, settings.endpoint ?? endpointOf(region));
      const headers = await sign.value(request, credential.value, { service: "ec2", region });
      const bounds = { maxBytes: Math.max(limits.maxBytes, 2 * consoleBytes) };
      return answerTo(question, await tools.ask({ ...request, headers }, bounds, stop.signal));
    } finally {
      stop.done();
    }
  };
  return { get };
}

function endpointOf(region: string): string {
  return `https://ec2.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}

function requestFor(question: CloudQuestion, instance: string, base: string): Request {
  const form = Object.entries(actions[question]).map(([key, given]): [string, string] => [key, given || instance]);
  return {
    url: new URL(`${base}/`),
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    body: new URLSearchParams([...form, ["Version", "2016-11-15"]]).toString(),
  };
}

function answerTo(question: CloudQuestion, said: Result<Response, Unavailable>): Answer {
  const code = said.ok ? (/<Code>([\w.]{1,80})<\/Code>/.exec(said.value.text)?.[1] ?? "") : "";
  if (said.ok && said.value.status === 400 && code === "InvalidInstanceID.NotFound") return absent(code);
  const action = `ec2:${actions[question].Action}`;
  const answer = answerOf(said, { rights: action, credential: "renew the keys of clusters[].cloud.credential" });
  return question === "console" && answer.kind === "value" ? consoleText(answer.stdout) : answer;
}

/** EC2 keeps the last 64 KB of the serial console and sends them in Base64. */
function consoleText(xml: string): Answer {
  const encoded = /<output>([A-Za-z0-9+/=\s]*)<\/output>/.exec(xml)?.[1];
  if (encoded === undefined) {
    return /<output\s*\/>|<timestamp>/.test(xml)
      ? absent("the console has written nothing yet")
      : unavailable("unreadable", "the console's output is not as documented");
  }
  return value(Buffer.from(encoded, "base64").subarray(-consoleBytes).toString("utf8"), { excerpt: true });
}
