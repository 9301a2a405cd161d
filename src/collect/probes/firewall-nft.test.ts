import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { firewallNft } from "./firewall-nft.ts";

/** nftables 1.0. */
const sample = `table inet filter {
\tchain output {
\t\ttype filter hook output priority filter; policy accept;
\t\tip daddr 10.77.0.1 tcp dport 6443 drop
\t}
}`;

test("keeps what drops or rejects", () => {
  expect(valuesOf(firewallNft, sample)).toEqual({ "firewall.nftDrops": ["ip daddr 10.77.0.1 tcp dport 6443 drop"] });
  expect(valuesOf(firewallNft, "")).toEqual({ "firewall.nftDrops": [] });
});

test("a tool that is missing says nothing", () => {
  expect(valuesOf(firewallNft, value("", { stderr: "bash: line 1: nft: command not found", exitCode: 127 }))).toEqual(
    {},
  );
});
