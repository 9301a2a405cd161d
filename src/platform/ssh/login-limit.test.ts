import { expect, test } from "@jest/globals";
import { fakeClock } from "../../../test/support/fake-clock.ts";
import { loginLimit, restMinutes } from "./login-limit.ts";

const place = (login: string, bastion: string | null = null) => ({ login, bastion });

test("three failures of one login stop it, and no other", () => {
  const limit = loginLimit(fakeClock());
  for (let times = 0; times < 3; times += 1) {
    expect(limit.refusal(place("ops@a:22"))).toBeNull();
    limit.failed(place("ops@a:22"));
  }
  expect(limit.refusal(place("ops@a:22"))).toMatchObject({ reason: "unauthenticated", grant: expect.any(String) });
  expect(limit.refusal(place("ops@b:22"))).toBeNull();
  expect(limit.refusal(place("root@a:22"))).toBeNull();
});

test("a success counts them anew, and so does half an hour", () => {
  const clock = fakeClock();
  const limit = loginLimit(clock);
  const fail = (): void => limit.failed(place("ops@a:22"));
  fail();
  fail();
  limit.succeeded(place("ops@a:22"));
  fail();
  fail();
  expect(limit.refusal(place("ops@a:22"))).toBeNull();
  fail();
  clock.advance(restMinutes * 60_000 - 1);
  expect(limit.refusal(place("ops@a:22"))).not.toBeNull();
  clock.advance(1);
  expect(limit.refusal(place("ops@a:22"))).toBeNull();
});

test("behind a bastion, three hosts that refuse stop all; one host that refuses often does not", () => {
  const limit = loginLimit(fakeClock());
  const bastion = "jump@bastion:22";
  for (let times = 0; times < 3; times += 1) limit.failed(place("ops@a:22", bastion));
  expect(limit.refusal(place("ops@z:22", bastion))).toBeNull();
  limit.failed(place("ops@b:22", bastion));
  limit.failed(place("ops@c:22", bastion));
  expect(limit.refusal(place("ops@z:22", bastion))).not.toBeNull();
  expect(limit.refusal(place("root@z:22", bastion))).toBeNull();
  expect(limit.refusal(place("ops@z:22", "jump@other:22"))).toBeNull();
  limit.succeeded(place("ops@y:22", bastion));
  expect(limit.refusal(place("ops@z:22", bastion))).toBeNull();
});
