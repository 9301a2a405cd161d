import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { CloudReader, Machine } from "../../collect/ports.ts";
import { type Answer, absent, type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { messageOf } from "../../shared/errors.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import { fitting } from "./credential.ts";
import { deadline, type Response } from "./http.ts";
import { answerOf } from "./outcome.ts";
import type { CloudTools } from "./settings.ts";

export interface RedfishSettings {
  /** Of the management controller, with `{node}` or `{address}`: https://{node}-bmc.example.net */
  readonly address: string;
  readonly userFile: string;
  readonly passwordFile: string;
  readonly caFile?: string;
  readonly timeoutMs: number;
}

/** Links come from the controller: only those within its own tree are followed, never to another host. */
const link = z.object({ "@odata.id": z.string().regex(/^\/redfish\/v1(\/(?!\.\.?(\/|$))[\w.:~-]{1,128}){0,12}\/?$/) });
const members = z.object({ Members: z.array(link).max(1_000) });
const system = z.object({ LogServices: link.optional() });
const grants = {
  rights: "a user with the role ReadOnly on the management controller",
  credential: "check userFile and passwordFile",
};

type Get = (path: string) => Promise<Answer>;

/** A management controller (BMC) by Redfish: power, health and the last entries of its event log. */
export function redfishReader(settings: RedfishSettings, { clock, ask }: CloudTools): CloudReader {
  const get: CloudReader["get"] = async (question, machine, limits, signal) => {
    const secrets = await filesOf(settings);
    if (!secrets.ok) return secrets.problem;
    const base = baseOf(settings.address, machine);
    if (!base.ok) return base.problem;
    const { authorization, ca } = secrets.value;
    const stop = deadline(clock, Math.min(limits.timeoutMs, settings.timeoutMs), signal);
    const one: Get = async (path) => {
      const request = { url: new URL(path, base.value), headers: { authorization, accept: "application/json" } };
      const bounds = { maxBytes: limits.maxBytes };
      const said: Result<Response, Unavailable> = await ask(
        ca === null ? request : { ...request, ca },
        bounds,
        stop.signal,
      );
      return answerOf(said, grants);
    };
    try {
      if (question === "events") return unavailable("not-asked", "a management controller announces no maintenance");
      return question === "instance" ? await systemOf(one) : await logOf(one);
    } finally {
      stop.done();
    }
  };
  return { get };
}

/** The first system: a controller of a single machine has one. */
async function systemOf(get: Get): Promise<Answer> {
  const systems = await get("/redfish/v1/Systems");
  const first = firstLink(systems);
  return first === undefined ? unread(systems, "no system") : get(first);
}

async function logOf(get: Get): Promise<Answer> {
  const found = await systemOf(get);
  const services = found.kind === "value" ? fitting(system, found.stdout)?.LogServices?.["@odata.id"] : undefined;
  if (services === undefined) return unread(found, "no log");
  const logs = await get(services);
  const links = logs.kind === "value" ? (fitting(members, logs.stdout)?.Members ?? []) : [];
  const names = links.map((each) => each["@odata.id"].replace(/\/$/, ""));
  const chosen = names.find((name) => /\/(SEL|Sel|IEL|EventLog|Log1)$/.test(name)) ?? names[0];
  return chosen === undefined ? unread(logs, "no log") : get(`${chosen}/Entries`);
}

function firstLink(answer: Answer): string | undefined {
  return answer.kind === "value" ? fitting(members, answer.stdout)?.Members[0]?.["@odata.id"] : undefined;
}

const unread = (answer: Answer, what: string): Answer =>
  answer.kind === "value" ? absent(`the management controller shows ${what}`) : answer;

/** A name or address with anything else in it could lead elsewhere. */
function baseOf(template: string, { node, address }: Machine): Result<URL, Unavailable> {
  const filled = template.replaceAll("{node}", node).replaceAll("{address}", address ?? "");
  const plain = [node, address ?? "0"].every((word) => /^[A-Za-z0-9.:-]{1,253}$/.test(word));
  const needsAddress = template.includes("{address}") && address === null;
  if (!plain || needsAddress || !URL.canParse(filled)) {
    return failed(unavailable("not-asked", `no address of a management controller for ${node}`));
  }
  return ok(new URL(filled));
}

async function filesOf({
  userFile,
  passwordFile,
  caFile,
}: RedfishSettings): Promise<Result<{ readonly authorization: string; readonly ca: string | null }, Unavailable>> {
  try {
    const [user, password, ca] = await Promise.all([
      readFile(userFile, "utf8"),
      readFile(passwordFile, "utf8"),
      caFile === undefined ? null : readFile(caFile, "utf8"),
    ]);
    const pair = `${user.trim()}:${password.replace(/\r?\n$/, "")}`;
    return ok({ authorization: `Basic ${Buffer.from(pair).toString("base64")}`, ca });
  } catch (thrown) {
    return failed(
      unavailable("unauthenticated", `cannot read the credential: ${messageOf(thrown)}`, "check clusters[].cloud"),
    );
  }
}
