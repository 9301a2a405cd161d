import type { Derivation } from "../reader.ts";

/** How much of what the node has to give is asked for by its pods. */
export const requests: Derivation = {
  id: "requests",
  needs: ["pods.requestedCpuMilli", "pods.requestedMemoryKiB", "node.allocatableCpuMilli", "node.allocatableMemoryKiB"],
  provides: {
    "pods.requestedCpuPercent": {
      type: "number",
      unit: "%",
      says: "the pods' CPU requests against what is allocatable",
    },
    "pods.requestedMemoryPercent": {
      type: "number",
      unit: "%",
      says: "the pods' memory requests against what is allocatable",
    },
  },
  derive: (known) => {
    const share = (part: string, whole: string): number | undefined => {
      const [asked, given] = [known.get(part), known.get(whole)];
      if (typeof asked !== "number" || typeof given !== "number" || given <= 0) return undefined;
      return Math.round((asked / given) * 100);
    };
    const cpu = share("pods.requestedCpuMilli", "node.allocatableCpuMilli");
    const memory = share("pods.requestedMemoryKiB", "node.allocatableMemoryKiB");
    return {
      ...(cpu === undefined ? {} : { "pods.requestedCpuPercent": cpu }),
      ...(memory === undefined ? {} : { "pods.requestedMemoryPercent": memory }),
    };
  },
};
