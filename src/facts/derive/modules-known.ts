import type { Derivation } from "../reader.ts";

/** Only with both lists can a module be called missing: an empty lsmod proves nothing. */
export const modulesKnown: Derivation = {
  id: "modules-known",
  needs: ["modules.loaded", "modules.builtin"],
  provides: { "modules.known": { type: "boolean", says: "whether both loaded and built-in modules are known" } },
  derive: (known) => ({ "modules.known": known.has("modules.loaded") && known.has("modules.builtin") }),
};
