import { fixButtons } from "../../../present/blocks/fix.ts";
import type { Report } from "../../../report/report.ts";
import type { FixWorld } from "../../../usecases/remediate/ports.ts";
import { offeredFixes } from "../../../usecases/remediate/propose.ts";
import { writeButton } from "./button-value.ts";

/** The buttons for what a report offers to fix; null: nothing. */
export function buttonsFor(report: Report, world: FixWorld): ReturnType<typeof fixButtons> | null {
  const { cluster, node } = report;
  if (cluster === null || node === null) return null;
  const offered = new Map(offeredFixes(report, world).map(({ action, cause }) => [action ?? "", cause]));
  if (offered.size === 0) return null;
  return fixButtons(
    [...offered].map(([action, cause]) => ({ action, value: writeButton({ cluster, node, action, cause }) })),
  );
}
