/**
 * Prints `N passed, N failed` as the very last line of a run.
 * A suite that cannot even load has no failed tests of its own, so it counts as one failure;
 * a skipped test is printed but is neither.
 */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const broken = results.testResults.filter((suite) => suite.testExecError).length;
    const failed = results.numFailedTests + broken;
    const skipped = results.numPendingTests ? ` (${results.numPendingTests} skipped)` : "";
    process.on("exit", () =>
      console.log(`${skipped ? `skipped:${skipped}\n` : ""}${results.numPassedTests} passed, ${failed} failed`),
    );
  }
}
