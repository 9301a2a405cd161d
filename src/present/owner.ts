/** Who answers for the causes, and where it is written what to do; each said once. */
export function ownerSection(causes: readonly { readonly owner: string | null; readonly runbook: string | null }[]): {
  readonly label: string;
  readonly text: string;
  readonly links: readonly string[];
} {
  const owners = [...new Set(causes.flatMap(({ owner }) => owner ?? []))];
  const links = [...new Set(causes.flatMap(({ runbook }) => runbook ?? []))].filter(isLink);
  const text = owners.length > 0 ? `${owners.join(", ")}${links.length > 0 ? "; runbook:" : ""}` : "";
  return { label: owners.length > 0 ? "Owner" : "Runbook", text, links };
}

/** The door has checked it; a stored report may be older than the check. */
const isLink = (text: string): boolean => /^https:\/\/[^\s<>|]{1,490}$/.test(text);
