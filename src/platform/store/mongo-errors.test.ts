import { describe, expect, test } from "@jest/globals";
import {
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoNotConnectedError,
  MongoServerError,
  MongoWriteConcernError,
} from "mongodb";
import { ExternalError, OperatorError } from "../../shared/errors.ts";
import { isDuplicateKey, mongoFailure } from "./mongo-errors.ts";

const where = "mongodb://host/node_why";
const server = (code: number, errorLabels: string[] = []): MongoServerError =>
  new MongoServerError({ code, errmsg: "as the server says", errorLabels });

describe("mongoFailure", () => {
  test.each([13, 18, 8000, 85, 86])("code %i is the operator's", (code) => {
    const failure = mongoFailure(server(code), where);
    expect(failure).toBeInstanceOf(OperatorError);
    expect(failure).not.toHaveProperty("nextSteps", []);
  });

  test.each<[string, unknown, boolean]>([
    ["the connection broke", new MongoNetworkError("x"), true],
    ["the connection was silent", new MongoNetworkTimeoutError("x"), true],
    ["the server ran out of time", server(50), true],
    ["an election", server(10107, ["RetryableWriteError"]), true],
    ["a read during an election", server(189, ["RetryableReadError"]), true],
    ["no majority in time", new MongoWriteConcernError({ writeConcernError: { code: 64, errmsg: "x" }, ok: 1 }), true],
    ["the server does not know the command", server(59), false],
    ["we closed it", new MongoNotConnectedError("x"), false],
  ])("%s: retryable or not", (_what, thrown, retryable) => {
    const failure = mongoFailure(thrown, where);
    expect(failure).toBeInstanceOf(ExternalError);
    expect(failure).toMatchObject({ service: "mongodb", retryable });
  });

  test.each([new Error("ours"), "text", null])("%p is no failure of the driver and passes", (thrown) => {
    expect(mongoFailure(thrown, where)).toBe(thrown);
  });

  test("a duplicate key is told apart", () => {
    expect(isDuplicateKey(server(11000))).toBe(true);
    expect(isDuplicateKey(server(11001))).toBe(false);
    expect(isDuplicateKey(new Error("E11000 duplicate key"))).toBe(false);
  });
});
