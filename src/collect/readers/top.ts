import type { Reader } from "../../facts/reader.ts";
import { linesOf } from "../parse/answer.ts";
import { decimal, facts, percent, shown } from "../parse/reading.ts";
import { kibibytes } from "../parse/size.ts";

const memory = /^([KMG])iB Mem\s*:\s*([\d.]{1,15})\+?\s*total\b/;
const available = /\b([\d.]{1,15})\+?\s*avail Mem/;
const cpus = /^%?Cpu\(s\):.{0,120}?([\d.]{1,5})\s*%?\s*wa\b/;

/** The head of `top`, procps 3.3 to 4; older ones count buffers as used and say nothing of what is available. */
export const top: Reader = {
  id: "top",
  provides: {
    "memory.totalKiB": { type: "number", says: "the node's memory", unit: "KiB" },
    "memory.availableKiB": { type: "number", says: "memory that can still be had without swapping", unit: "KiB" },
    "memory.availablePercent": { type: "number", says: "the same as a share", unit: "%" },
    "cpu.ioWaitPercent": { type: "number", says: "how long the processors wait for disks", unit: "%" },
  },
  recognises: (words) => words[0] === "top" || (words[0] === "sudo" && words[1] === "top"),
  read: (answer) => {
    const lines = linesOf(answer).slice(0, 12);
    const [line = "", unit, size] = lines.map((one) => memory.exec(one)).find((found) => found !== null) ?? [];
    const total = kibibytes(size && unit ? `${size}${unit}`.replace(/\.(\d{3})\d*/, ".$1") : undefined);
    const rest = lines.map((one) => available.exec(one)).find((found) => found !== null)?.[1];
    const left = kibibytes(rest && unit ? `${rest}${unit}` : undefined);
    const share = total === undefined || left === undefined ? undefined : percent(left, total);
    const busy = lines.map((one) => cpus.exec(one)).find((found) => found !== null);
    return {
      facts: facts({
        "memory.totalKiB": total,
        "memory.availableKiB": left,
        "memory.availablePercent": share === undefined ? undefined : shown(share, line),
        "cpu.ioWaitPercent": busy ? decimal(busy[1]) : undefined,
      }),
    };
  },
};
