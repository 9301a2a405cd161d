import { documentsContract } from "./contract.ts";
import { openEmbeddedUnderTest } from "./embedded-under-test.ts";

documentsContract("the embedded store", openEmbeddedUnderTest, { filterRuns: 300 });
