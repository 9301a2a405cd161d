import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { fingerprint, hostName, judge, linesFor, matches, parseKnownHosts } from "./known-hosts.ts";

const key = "AAAAC3NzaC1lZDI1NTE5AAAAIIz2r4t+uCiKflkPv05xE6XTgulXCIrP9KwgGjXHXezI";
const other = "AAAAC3NzaC1lZDI1NTE5AAAAIIz2r4t+uCiKflkPv05xE6XTgulXCIrP9KwgGjXHXezJ";
/** Made with `ssh-keygen -H` (OpenSSH 9.2). */
const hashed = `|1|/C9b6AK2BjZgZ10kWsMMtiFW1rY=|dlxULCgJmXu12SvCthPqCOgXfks= ssh-ed25519 ${key}
|1|bwhSCQiDfSoIu7mS4qdHAW+H4BM=|r9bBBS/Fuw+SwUw4PlMoxR8JkYI= ssh-ed25519 ${key}`;

const verdict = (file: string, names: readonly string[], shown = key): string =>
  judge(linesFor(parseKnownHosts(file), names), Buffer.from(shown, "base64")).kind;

describe("whether a host's key is trusted", () => {
  test.each<[string, string, readonly string[], string]>([
    ["plain", `10.0.0.7 ssh-ed25519 ${key} a comment`, ["10.0.0.7"], "known"],
    ["one of several names", `a,10.0.0.7 ssh-ed25519 ${key}`, ["10.0.0.7"], "known"],
    ["by the node's name", `worker-7 ssh-ed25519 ${key}`, ["10.0.0.7", "worker-7"], "known"],
    ["names know no case", `Worker-7 ssh-ed25519 ${key}`, ["worker-7"], "known"],
    ["a pattern", `10.0.*,!10.0.1.* ssh-ed25519 ${key}`, ["10.0.0.7"], "known"],
    ["a pattern's exception", `10.0.*,!10.0.1.* ssh-ed25519 ${key}`, ["10.0.1.7"], "unknown"],
    ["with a port", `[10.0.0.7]:2222 ssh-ed25519 ${key}`, [hostName("10.0.0.7", 2222)], "known"],
    ["the port is part of the name", `10.0.0.7 ssh-ed25519 ${key}`, [hostName("10.0.0.7", 2222)], "unknown"],
    ["hashed", hashed, ["worker-7.example"], "known"],
    ["hashed with a port", hashed, [hostName("worker-8.example", 2222)], "known"],
    ["hashed, another host", hashed, ["worker-9.example"], "unknown"],
    ["nothing", "", ["10.0.0.7"], "unknown"],
    ["a comment", `# 10.0.0.7 ssh-ed25519 ${key}`, ["10.0.0.7"], "unknown"],
    ["another key", `10.0.0.7 ssh-ed25519 ${other}`, ["10.0.0.7"], "changed"],
    ["another type", `10.0.0.7 ssh-rsa AAAAB3NzaC1yc2E=`, ["10.0.0.7"], "changed"],
    ["revoked", `10.0.0.7 ssh-ed25519 ${key}\n@revoked * ssh-ed25519 ${key}`, ["10.0.0.7"], "revoked"],
    ["another key revoked", `10.0.0.7 ssh-ed25519 ${key}\n@revoked * ssh-ed25519 ${other}`, ["10.0.0.7"], "known"],
    ["only an authority", `@cert-authority * ssh-ed25519 ${other}`, ["10.0.0.7"], "cert-authority"],
    ["the authority's own key", `@cert-authority * ssh-ed25519 ${key}`, ["10.0.0.7"], "cert-authority"],
    ["a marker from the future", `@new 10.0.0.7 ssh-ed25519 ${key}`, ["10.0.0.7"], "unknown"],
    ["a broken line", `10.0.0.7 ssh-ed25519`, ["10.0.0.7"], "unknown"],
    ["a broken hash", `|1|x ssh-ed25519 ${key}`, ["10.0.0.7"], "unknown"],
  ])("%s", (_, file, names, expected) => {
    expect(verdict(file, names)).toBe(expected);
  });

  test("the fingerprint is what ssh-keygen -l prints", () => {
    expect(fingerprint(Buffer.from(key, "base64"))).toBe("SHA256:s6VPSLyAhf2mFgZr0NIA68Y2Aj951lCFI3NdEyW/TSw");
  });

  test("any text can be parsed, and none makes an unlisted key trusted", () => {
    fc.assert(fc.property(fc.string(), (text) => verdict(text.replaceAll(key, ""), ["10.0.0.7"]) !== "known"));
  });
});

describe("patterns", () => {
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
  const name = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 });

  test("mean what the same regular expression means", () => {
    fc.assert(
      fc.property(pattern, name, (glob, text) => {
        const source = glob.replaceAll("*", ".*").replaceAll("?", ".");
        expect(matches(glob, text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
      { numRuns: 500 },
    );
  });

  test("a hostile pattern ends soon", () => {
    expect(matches(`${"*a".repeat(2_000)}b`, "a".repeat(4_000))).toBe(false);
  });
});
