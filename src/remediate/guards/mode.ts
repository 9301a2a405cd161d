import { blocked, type Guard, passed } from "./guard.ts";

export const mode: Guard = {
  id: "mode",
  check: (situation) => {
    if (situation.mode === "confirm") return passed("remediation: confirm");
    const unblock = "set remediation: confirm in the config";
    if (situation.mode === "propose") return blocked("remediation: propose shows fixes and runs none", unblock);
    return blocked("remediation is off", unblock);
  },
};
