import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "@jest/globals";
import { type HttpsApi, json, startHttpsApi } from "../../../test/support/https-api.ts";
import { systemClock } from "../clock.ts";
import { httpAsk } from "./http.ts";
import { redfishReader } from "./redfish.ts";

const folder = mkdtempSync(join(tmpdir(), "node-why-redfish-"));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const caFile = file("ca.crt", readFileSync("test/support/tls/ca.crt", "utf8"));
const [userFile, passwordFile] = [file("user", "reader\n"), file("password", "pass word\n")];
const running: HttpsApi[] = [];
afterEach(async () => {
  for (const api of running.splice(0)) await api.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The tree of DSP2043's public-rackmount1, as far as it is walked. */
const tree: Readonly<Record<string, object>> = {
  "/redfish/v1/Systems": { Members: [{ "@odata.id": "/redfish/v1/Systems/437XR1138R2" }] },
  "/redfish/v1/Systems/437XR1138R2": {
    PowerState: "On",
    Status: { Health: "OK" },
    LogServices: { "@odata.id": "/redfish/v1/Systems/437XR1138R2/LogServices" },
  },
  "/redfish/v1/Systems/437XR1138R2/LogServices": {
    Members: [
      { "@odata.id": "/redfish/v1/Systems/437XR1138R2/LogServices/Other" },
      { "@odata.id": "/redfish/v1/Systems/437XR1138R2/LogServices/SEL" },
    ],
  },
  "/redfish/v1/Systems/437XR1138R2/LogServices/SEL/Entries": { Members: [{ Message: "Power lost" }] },
};

async function controller(answers: Readonly<Record<string, object>> = tree): Promise<HttpsApi & { headers: string[] }> {
  const headers: string[] = [];
  const api = await startHttpsApi((request, response) => {
    headers.push(request.headers.authorization ?? "");
    const found = answers[request.url ?? ""];
    json(response, found === undefined ? 404 : 200, found ?? {});
  });
  running.push(api);
  return { ...api, headers };
}

const limits = { timeoutMs: 3_000, maxBytes: 100_000 };
const on = (address: string, more: object = {}) =>
  redfishReader(
    { address, userFile, passwordFile, caFile, timeoutMs: 3_000, ...more },
    { clock: systemClock, ask: httpAsk, env: {} },
  );
const machine = { node: "n1", providerID: null, address: "127.0.0.1" };

describe("a management controller", () => {
  test("shows the first system, with a user and a password from files", async () => {
    const api = await controller();
    const reader = on(`https://{address}:${api.port}`);
    expect(await reader.get("instance", machine, limits)).toMatchObject({
      stdout: expect.stringContaining('"PowerState":"On"'),
    });
    expect(api.headers[0]).toBe(`Basic ${Buffer.from("reader:pass word").toString("base64")}`);
  });

  test("shows its event log by its usual names", async () => {
    const api = await controller();
    const answer = await on(`https://{address}:${api.port}`).get("console", machine, limits);
    expect(answer).toMatchObject({ stdout: expect.stringContaining("Power lost") });
    expect(api.asked.at(-1)).toBe("/redfish/v1/Systems/437XR1138R2/LogServices/SEL/Entries");
  });

  test.each([
    "https://evil.example/redfish/v1/Systems/1",
    "//evil.example/x",
    "/admin",
    "/redfish/v1/../../admin",
    "/redfish/v1/%2e%2e/x",
  ])("a link to %s is not followed", async (link) => {
    const api = await controller({ "/redfish/v1/Systems": { Members: [{ "@odata.id": link }] } });
    expect(await on(`https://{address}:${api.port}`).get("instance", machine, limits)).toMatchObject({
      kind: "absent",
    });
    expect(api.asked).toEqual(["/redfish/v1/Systems"]);
  });

  test("one whose certificate nobody vouches for gets no password", async () => {
    const api = await controller();
    const otherCa = file("other.crt", readFileSync("test/support/tls/other-ca.crt", "utf8"));
    const answer = await on(`https://{address}:${api.port}`, { caFile: otherCa }).get("instance", machine, limits);
    expect(answer).toMatchObject({ kind: "unavailable", reason: "unreadable" });
    expect(api.asked).toEqual([]);
  });

  test("without an address, or with one that leads elsewhere, it is not asked", async () => {
    const reader = on("https://{address}");
    for (const address of [null, "evil.example/x?", "a@b"]) {
      expect(await reader.get("instance", { ...machine, address }, limits)).toMatchObject({ reason: "not-asked" });
    }
    expect(await on("https://{node}").get("events", machine, limits)).toMatchObject({ reason: "not-asked" });
  });
});
