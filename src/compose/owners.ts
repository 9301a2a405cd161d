import type { Config } from "../config/schema.ts";
import { didYouMean } from "../knowledge/nearest-key.ts";
import { OperatorError } from "../shared/errors.ts";

/** @throws OperatorError where an owner is set for a cause or cluster that does not exist: nobody would ever see it. */
export function checkOwners({ owners, clusters }: Config, causes: readonly string[], file: string | null): void {
  const names = clusters.map(({ name }) => name);
  const problems = owners.flatMap(({ cause, cluster }, index) => [
    ...(cause === undefined || causes.includes(cause)
      ? []
      : [`owners.${index}.cause: no cause is called ${cause}${didYouMean(cause, causes)}`]),
    ...(cluster === undefined || names.includes(cluster)
      ? []
      : [`owners.${index}.cluster: no cluster is called ${cluster}${didYouMean(cluster, names)}`]),
  ]);
  if (problems.length === 0) return;
  throw new OperatorError(problems.map((each) => `${file ?? "config"}: ${each}`).join("\n"), [
    "Mend the config; nothing was started.",
  ]);
}
