import { createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import ssh2 from "ssh2";
import { keyPair } from "../../../../test/support/ssh-node.ts";
import { parsedKey } from "../credentials.ts";
import { answerTo } from "./agent.ts";
import { sshString } from "./signature.ts";

function keyOf(text: string) {
  const key = parsedKey(text, undefined);
  if (typeof key === "string") throw new Error(key);
  return key;
}

const key = keyOf(keyPair().private);
const data = Buffer.from("to be signed");
const question = (publicKey: Buffer, flags = 0): Buffer =>
  Buffer.concat([Buffer.from([13]), sshString(publicKey), sshString(data), Buffer.from([0, 0, 0, flags])]);
const failure = Buffer.from([5]);

describe("an agent of our own", () => {
  test("names its key", () => {
    expect(answerTo(Buffer.from([11]), key).includes(key.getPublicSSH())).toBe(true);
  });

  test("signs for that key and for no other", () => {
    const answer = answerTo(question(key.getPublicSSH()), key);
    expect(answer[0]).toBe(14);
    expect(key.verify(data, answer.subarray(-64))).toBe(true);
    expect(answerTo(question(keyOf(keyPair().private).getPublicSSH()), key)).toEqual(failure);
  });

  test.each<[number, string]>([
    [2, "sha256"],
    [4, "sha512"],
  ])("signs with RSA and SHA-2 (flags %i)", (flags, hash) => {
    const rsa = keyOf(ssh2.utils.generateKeyPairSync("rsa", { bits: 2048 }).private);
    const answer = answerTo(question(rsa.getPublicSSH(), flags), rsa);
    expect(answer.includes(`rsa-sha2-${hash.slice(3)}`)).toBe(true);
    expect(verify(hash, data, createPublicKey(rsa.getPublicPEM()), answer.subarray(-256))).toBe(true);
  });

  test("declines whatever else it is told, and never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const message = Buffer.from(bytes);
        return message[0] === 11 || answerTo(message, key).equals(failure);
      }),
    );
  });
});
