import type { Derivation } from "../reader.ts";

/** Only with both lists can a module be called missing: an empty lsmod proves nothing. Without them nobody can say. */
export const modulesKnown: Derivation = {
  id: "modules-known",
  needs: ["modules.loaded", "modules.builtin"],
  provides: {
    "modules.known": { type: "boolean", says: "true where both the loaded and the built-in modules are known" },
  },
  derive: (known): Readonly<Record<string, boolean>> =>
    known.has("modules.loaded") && known.has("modules.builtin") ? { "modules.known": true } : {},
};
