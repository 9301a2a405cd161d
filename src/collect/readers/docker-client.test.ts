import { expect, test } from "@jest/globals";
import { unavailable, value } from "../../evidence/evidence.ts";
import { nothingKnown, valuesOf } from "../parse/testing.ts";
import { dockerClient } from "./docker-client.ts";

test.each([
  ["stopped by hand", "^C", "hung"],
  ["a remark", "... (hung) ...", "hung"],
  ["another remark", "hangs forever", "hung"],
  ["timeout", "[exit 124]", "hung"],
  ["an answer", "CONTAINER ID   IMAGE   COMMAND\nab12   pause   /pause", undefined],
  ["a name with the word in it", "ab12   hangs   /run", undefined],
])("%s", (_, text, expected) => expect(valuesOf(dockerClient, text)["docker.answers"]).toBe(expected));

test("a probe that timed out is a hang, and the text stays text", () => {
  expect(dockerClient.read(unavailable("hung", "8 s"), nothingKnown).facts).toEqual({ "docker.answers": "hung" });
  expect(dockerClient.read(value("Cannot connect to the Docker daemon"), nothingKnown).logs?.other).toContain("Cannot");
});

test.each([
  ["docker ps -a", true],
  ["time docker ps", true],
  ["docker logs rancher", false],
  ["dockerd --version", false],
])("%s is its question: %s", (text, expected) =>
  expect(dockerClient.recognises?.(text.split(" "), text)).toBe(expected),
);
