/** What every document store owes the program. Run against both: embedded.test.ts, test/real/mongo.test.ts. */
import { describe } from "@jest/globals";
import { filterContract } from "./contract-filters.ts";
import { incidentContract } from "./contract-incidents.ts";
import { leaseContract } from "./contract-leases.ts";
import { migrationContract } from "./contract-migrations.ts";
import { pageContract } from "./contract-pages.ts";
import { refusalContract } from "./contract-refusals.ts";
import { writeContract } from "./contract-writes.ts";
import type { OpenStoreUnderTest } from "./store-under-test.ts";

export interface ContractOptions {
  /** How many random filters to try: fewer where each costs a round trip. */
  readonly filterRuns: number;
}

export function documentsContract(kind: string, open: OpenStoreUnderTest, { filterRuns }: ContractOptions): void {
  describe(`documents on ${kind}`, () => {
    writeContract(open);
    refusalContract(open);
    filterContract(open, filterRuns);
    pageContract(open);
    leaseContract(open);
    incidentContract(open);
    migrationContract(open);
  });
}
