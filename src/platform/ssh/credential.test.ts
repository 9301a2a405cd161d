import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { fakeClock } from "../../../test/support/fake-clock.ts";
import type { Clock } from "../../collect/ports.ts";
import { systemClock } from "../clock.ts";
import { credentialSource } from "./credential.ts";

const local = { home: "/nonexistent", user: "ops" };
const limits = { timeoutMs: 10_000, renewBeforeMs: 60_000 };
const read = async () => null;
const key = "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n";

/** A wall clock that a test moves, over timers that run. */
function clockAt(start: string) {
  const wall = fakeClock(start);
  const clock: Clock = { ...systemClock, now: wall.now };
  return { clock, pass: (ms: number): void => wall.advance(ms) };
}

const printing = (text: string): readonly string[] => [process.execPath, "-e", `console.log(${JSON.stringify(text)})`];

describe("a short-lived credential", () => {
  test("is fetched once for all who wait, and held while it holds", async () => {
    const { clock, pass } = clockAt("2026-11-21T02:00:00Z");
    const text = JSON.stringify({ privateKey: key, user: "bot", expiresAt: "2026-11-21T02:10:00Z" });
    const source = credentialSource({ argv: printing(text), ...limits }, local, clock, read);
    const [one, other] = await Promise.all([source.get(), source.get()]);
    expect(one.ok && other.ok && one.value === other.value).toBe(true);
    expect(one).toMatchObject({ value: { settings: { privateKey: key, user: "bot" } } });
    pass(8 * 60_000);
    const later = await source.get();
    expect(later.ok && one.ok && later.value === one.value).toBe(true);
    pass(61_000); // less than a minute is left
    const renewed = await source.get();
    expect(renewed.ok && one.ok && renewed.value !== one.value).toBe(true);
  });

  test("that has lapsed is unavailable, with its time in UTC", async () => {
    const { clock, pass } = clockAt("2026-11-21T02:00:00Z");
    const text = JSON.stringify({ expiresAt: "2026-11-21T03:10:00+01:00" });
    const source = credentialSource({ argv: printing(text), ...limits }, local, clock, read);
    expect(await source.get()).toMatchObject({ ok: true });
    pass(11 * 60_000);
    const lapsed = { reason: "unauthenticated", detail: expect.stringMatching(/^credential expired 02:10 UTC/) };
    expect(await source.get()).toMatchObject({ ok: false, problem: lapsed });
    pass(24 * 3_600_000);
    expect(await source.get()).toMatchObject({
      problem: { detail: expect.stringMatching(/^credential expired 2026-11-21 02:10 UTC/) },
    });
  });

  test("holds to its end where its program fails", async () => {
    const folder = mkdtempSync(join(tmpdir(), "node-why-issue-"));
    const { clock, pass } = clockAt("2026-11-21T02:00:00Z");
    const text = JSON.stringify({ expiresAt: "2026-11-21T02:10:00Z" });
    const once = '[ -e "$1/issued" ] && { echo no ticket >&2; exit 1; }; : >"$1/issued"; printf %s "$2"';
    const argv = ["/bin/sh", "-c", once, "issue", folder, text];
    const source = credentialSource({ argv, ...limits }, local, clock, read);
    expect(await source.get()).toMatchObject({ ok: true });
    pass(9.5 * 60_000);
    expect(await source.get()).toMatchObject({ ok: true });
    pass(60_000);
    expect(await source.get()).toMatchObject({
      problem: { detail: expect.stringMatching(/^credential expired 02:10 .*no ticket/) },
    });
    rmSync(folder, { recursive: true });
  });

  test.each<[string, string]>([
    ["no JSON", "-----BEGIN secret"],
    ["a list", '["secret"]'],
    ["an unknown part", '{"token":"secret"}'],
    ["a key that is none", '{"privateKey":"secret"}'],
    ["a relative file", '{"identityFile":"secret"}'],
    ["a date that is none", '{"expiresAt":"secret"}'],
    ["a certificate that is none", '{"certificate":"ssh-ed25519 secret"}'],
    ["a certificate of several lines", '{"certificate":"ssh-ed25519-cert-v01@openssh.com AAAA\\nsecret"}'],
    ["two keys", `{"privateKey":"-----BEGIN secret","identityFile":"/secret"}`],
  ])("printed as %s is refused and not repeated", async (_, text) => {
    const source = credentialSource({ argv: printing(text), ...limits }, local, systemClock, read);
    const refused = await source.get();
    expect(refused).toMatchObject({ problem: { reason: "unauthenticated" } });
    expect(JSON.stringify(refused)).not.toContain("secret");
  });

  test.each<[string, readonly string[], number]>([
    ["is not there", ["/nonexistent/program"], 5_000],
    ["fails", [process.execPath, "-e", "process.exit(3)"], 5_000],
    ["hangs", [process.execPath, "-e", "setInterval(() => {}, 1000)"], 300],
  ])("from a program that %s", async (_, argv, timeoutMs) => {
    const source = credentialSource({ argv, timeoutMs }, local, systemClock, read);
    expect(await source.get()).toMatchObject({ problem: { reason: "unauthenticated" } });
  });
});
