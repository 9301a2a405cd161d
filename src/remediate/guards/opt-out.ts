import { blocked, type Guard, passed } from "./guard.ts";

export const optOutLabel = "node-why.dev/opt-out";

/** The label's owner wants no hand on the node but their own; only the value `false` takes that back. */
export const optOut: Guard = {
  id: "opt-out",
  check: ({ labels }) => {
    if (labels === null) return blocked("the node's labels are not known", "wait until the API server answers");
    const value = labels.get(optOutLabel);
    return value === undefined || value === "false"
      ? passed(`not labelled ${optOutLabel}`)
      : blocked(
          `the node is labelled ${optOutLabel}=${value.slice(0, 63)}`,
          "ask the label's owner, or remove the label",
        );
  },
};
