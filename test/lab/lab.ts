/** The lab: real nodes to break. See docs/lab.md. */
import { Command } from "commander";
import { ExternalError, messageOf, OperatorError } from "../../src/shared/errors.ts";
import { addCommands } from "./commands.ts";

const program = new Command("lab").description("real Kubernetes nodes on this host, to break and to mend");
addCommands(program);
process.stdout.on("error", () => process.exit(1)); // whoever read has gone
try {
  await program.parseAsync(process.argv);
} catch (thrown) {
  process.stderr.write(`lab: ${messageOf(thrown)}\n`);
  if (thrown instanceof OperatorError) for (const step of thrown.nextSteps) process.stderr.write(`  ${step}\n`);
  process.exitCode = thrown instanceof OperatorError ? 2 : thrown instanceof ExternalError ? 3 : 1;
}
