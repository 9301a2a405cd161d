import type { Derivation } from "../reader.ts";

/** The Date header has whole seconds, and answers take their time. */
const toleratedSeconds = 15;

/** The node's clock against the true one: the collector's, unless the API server shows that to be the wrong one. */
export const clockSkew: Derivation = {
  id: "clock-skew",
  needs: ["clock.offsetSeconds", "api.offsetSeconds"],
  provides: {
    "clock.skewSeconds": { type: "number", unit: "s", says: "how far the node's clock is ahead; negative: behind" },
  },
  derive: (known) => {
    const node = known.get("clock.offsetSeconds");
    const api = known.get("api.offsetSeconds");
    if (typeof node !== "number") return {};
    const collectorIsOff = typeof api === "number" && Math.abs(api) > toleratedSeconds;
    return { "clock.skewSeconds": collectorIsOff ? node - api : node };
  },
};
