import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { netRoutes } from "./net-routes.ts";

/** iproute2 6.1. */
const own = "10.77.0.0/24 dev host0 proto kernel scope link src 10.77.0.13 ";

test.each([
  [
    "a default route",
    `default via 10.77.0.1 dev host0 proto static \n${own}`,
    { "net.defaultRoute": true, "net.defaultInterface": "host0", "net.blackholes": [] },
  ],
  ["none", own, { "net.defaultRoute": false, "net.defaultInterface": null, "net.blackholes": [] }],
  [
    "a route to nowhere",
    `${own}\nblackhole 10.244.1.0/26 proto 80`,
    { "net.defaultRoute": false, "net.defaultInterface": null, "net.blackholes": ["blackhole 10.244.1.0/26 proto 80"] },
  ],
  ["no table", "", {}],
])("%s", (_, text, found) => {
  expect(valuesOf(netRoutes, text)).toEqual(found);
});

test("a cut table proves no absence", () => {
  expect(valuesOf(netRoutes, value(own, { truncated: true }))).toEqual({});
});
