/** Every failure of the driver by meaning: what the operator can do, or that the server is away and may come back. */
import {
  MongoError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
  MongoWriteConcernError,
} from "mongodb";
import { ExternalError, OperatorError } from "../../shared/errors.ts";

interface Advice {
  readonly what: string;
  readonly nextSteps: readonly string[];
}

const noAccess: Advice = {
  what: "does not let us in",
  nextSteps: [
    "Check the user and password in MONGODB_URI, and its authSource.",
    "Grant that user readWrite on the database.",
  ],
};
const otherIndex: Advice = {
  what: "has an index of that name with other fields",
  nextSteps: ["Drop that index by hand and run the migrations again."],
};

/** Server error codes by name: https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml */
const operatorCan: ReadonlyMap<number, Advice> = new Map([
  [13, noAccess], // Unauthorized
  [18, noAccess], // AuthenticationFailed
  [8000, noAccess], // AtlasError
  [85, otherIndex], // IndexOptionsConflict
  [86, otherIndex], // IndexKeySpecsConflict
]);

/** MaxTimeMSExpired; the codes of elections and shutdowns carry a label that says so. */
const timeCode = 50;
const duplicateKeyCode = 11000;

const codeOf = (thrown: unknown): number | undefined =>
  thrown instanceof MongoServerError && typeof thrown.code === "number" ? thrown.code : undefined;

export const isDuplicateKey = (thrown: unknown): boolean => codeOf(thrown) === duplicateKeyCode;

/** The same failure by meaning; what is no failure of the driver is returned as it came. */
export function mongoFailure(thrown: unknown, where: string): unknown {
  if (!(thrown instanceof MongoError)) return thrown;
  const advice = operatorCan.get(codeOf(thrown) ?? Number.NaN);
  if (advice)
    return new OperatorError(`${where} ${advice.what}: ${thrown.message}`, advice.nextSteps, { cause: thrown });
  return new ExternalError("mongodb", `${where}: ${thrown.message}`, isRetryable(thrown), { cause: thrown });
}

function isRetryable(thrown: MongoError): boolean {
  if (thrown instanceof MongoNetworkError || thrown instanceof MongoServerSelectionError) return true;
  if (thrown instanceof MongoWriteConcernError || codeOf(thrown) === timeCode) return true;
  if (thrown.name === "MongoWaitQueueTimeoutError") return true;
  return thrown.hasErrorLabel("RetryableWriteError") || thrown.hasErrorLabel("RetryableReadError");
}

export const tooLate = (where: string, limitMs: number): ExternalError =>
  new ExternalError("mongodb", `${where} did not answer within ${limitMs / 1000} s`, true);

/** The driver's message may quote the URI, so it is not passed on. */
export const badUri = (thrown?: unknown): OperatorError =>
  new OperatorError(
    "MONGODB_URI is no MongoDB URI that can be used",
    [
      "Write it as mongodb://USER:PASSWORD@HOST:27017/DATABASE or mongodb+srv://….",
      "Percent-encode special characters in the user and the password.",
      "Unset it to use the embedded store.",
    ],
    thrown instanceof Error ? { cause: thrown.name } : {},
  );
