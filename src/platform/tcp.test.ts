import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "@jest/globals";
import { fakeClock } from "../../test/support/fake-clock.ts";
import { systemClock } from "./clock.ts";
import { localReach } from "./tcp.ts";

test("whether a port can be reached", async () => {
  const server = createServer((socket) => socket.on("error", () => undefined));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const reach = localReach(systemClock);
  expect(await reach.connect("127.0.0.1", port, 5_000)).toMatchObject({ kind: "value", stdout: "open\n" });
  await new Promise<void>((resolve) => server.close(() => resolve()));
  expect(await reach.connect("127.0.0.1", port, 5_000)).toMatchObject({ kind: "value", stdout: "refused\n" });
});

test("no answer is an answer of its own", async () => {
  const clock = fakeClock();
  // TEST-NET-1 (RFC 5737): nobody has this address, and the fake clock does not wait to see
  const asked = localReach(clock).connect("192.0.2.1", 22, 2_000);
  clock.advance(2_000);
  expect(await asked).toMatchObject({ kind: "value", stdout: "timed-out\n" });
});

test("the deadline of the whole diagnosis", async () => {
  const asked = localReach(systemClock).connect("127.0.0.1", 9, 2_000, AbortSignal.abort());
  expect(await asked).toMatchObject({ reason: "timed-out" });
});
