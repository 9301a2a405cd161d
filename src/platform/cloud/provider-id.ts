/** What a Node object's providerID says of its machine. It is hostile until it fits one of these forms wholly. */
export type MachineId =
  | { readonly provider: "aws"; readonly region: string; readonly instance: string }
  | { readonly provider: "gcp"; readonly project: string; readonly zone: string; readonly name: string }
  | { readonly provider: "azure"; readonly resource: string };

const aws = /^aws:\/\/\/((?:[a-z]{2}(?:-[a-z]+)+-\d{1,2}))[a-z0-9-]{0,40}\/(i-[0-9a-f]{8,32})$/;
const gcp = /^gce:\/\/([a-z][a-z0-9.:-]{1,80})\/([a-z0-9-]{3,40})\/([a-z][a-z0-9-]{0,62})$/;
const word = "[A-Za-z0-9._()-]{1,90}";
const azure = new RegExp(
  `^azure://(/subscriptions/[0-9a-fA-F-]{36}/resourceGroups/${word}/providers/Microsoft\\.Compute/` +
    `(?:virtualMachineScaleSets/${word}/)?virtualMachines/${word})$`,
  "i",
);

/** null: no form that is known. A local zone (us-west-2-lax-1a) belongs to its region (us-west-2). */
export function machineId(providerID: string): MachineId | null {
  const [, region = "", instance = ""] = aws.exec(providerID) ?? [];
  if (instance !== "") return { provider: "aws", region, instance };
  const [, project = "", zone = "", name = ""] = gcp.exec(providerID) ?? [];
  if (name !== "") return { provider: "gcp", project, zone, name };
  const resource = azure.exec(providerID)?.[1];
  // `..` is a word of its own and would leave the folder.
  if (resource === undefined || resource.split("/").includes("..")) return null;
  return { provider: "azure", resource };
}
