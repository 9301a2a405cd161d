import { grantSource } from "../src/compose/grants.ts";
import { manifestsText } from "../src/present/text/grants.ts";
import { rbacManifests } from "../src/usecases/grants/rbac.ts";
import { actingCommands } from "../src/usecases/grants/sudoers.ts";

/** The generated parts of docs/security.md, by the name of their marks; a test keeps them fresh. */
export async function grantParts(): Promise<Readonly<Record<"role" | "root" | "acting", string>>> {
  const { probes, actions, ruleFor, defaultsFor } = await grantSource();
  const request = { name: "node-why", namespace: "node-why", with: [], execNamespace: null, actions: null } as const;
  const rights = rbacManifests(request, probes).filter(({ kind }) => kind.endsWith("Role"));
  const root = probes.filter(({ via }) => via.source === "ssh" && via.sudo === true);
  const fixed = root.filter(({ via }) => via.source === "ssh" && typeof via.argv !== "function").length;
  const user = "node-why-fix";
  const acting = actingCommands(actions).map((command) => ruleFor(user, command));
  return {
    role: `\`\`\`yaml\n${manifestsText(rights, [])}\`\`\``,
    root:
      `${root.length} questions need root, of which ${fixed} are the same on every node: ` +
      `${root.map(({ id }) => `\`${id}\``).join(", ")}.`,
    acting: `\`\`\`text\n${[defaultsFor(user), ...acting].join("\n")}\n\`\`\``,
  };
}
