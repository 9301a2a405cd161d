/** Kubernetes writes names in one word; people do not. */
export function attributeName(attribute: string): string {
  return attribute === "instanceType" ? "instance type" : attribute;
}
