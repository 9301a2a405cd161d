import type { FactValue } from "../fact.ts";
import type { Derivation } from "../reader.ts";

/** A clock that is off by more than this makes every statement about an end date worthless. */
const trustedSkewSeconds = 60;

/** Whether the kubelet's client certificate has ended, said only where the clock can be trusted. */
export const clientCert: Derivation = {
  id: "client-cert",
  needs: ["time.now", "clientCert.notAfter", "clientCert.notBefore", "clock.skewSeconds"],
  provides: {
    "clientCert.expired": { type: "boolean", says: "The kubelet's client certificate has ended." },
    "clientCert.secondsLeft": {
      type: "number",
      unit: "s",
      says: "How long it is still valid; below 0: since when it is not.",
    },
    "clientCert.lifeUsedPercent": {
      type: "number",
      unit: "%",
      says: "How much of its life is over; a kubelet renews it at 70 to 90 %.",
    },
  },
  derive: (known, { at }) => {
    const end = String(known.get("clientCert.notAfter") ?? "");
    const left = at === null ? Number.NaN : Math.round((Date.parse(end) - Date.parse(at)) / 1000);
    const skew = known.get("clock.skewSeconds");
    if (!Number.isFinite(left) || (typeof skew === "number" && Math.abs(skew) > trustedSkewSeconds)) return {};
    const expired: { value: FactValue; since?: string } = left < 0 ? { value: true, since: end } : { value: false };
    const life = (Date.parse(end) - Date.parse(String(known.get("clientCert.notBefore") ?? ""))) / 1000;
    const used = life > 0 ? { "clientCert.lifeUsedPercent": Math.round(100 - (left / life) * 100) } : {};
    return { "clientCert.secondsLeft": left, "clientCert.expired": expired, ...used };
  },
};
