import { z } from "zod";
import { textOf } from "../parse/answer.ts";
import { jsonIn } from "../parse/json.ts";
import { isoStamp } from "../parse/stamp.ts";
import { defineProbe } from "../probe.ts";

const text = z.string().max(4_000);
/** LogEntryCollection of DSP0268. */
const entries = z.object({
  Members: z
    .array(z.object({ Created: text.optional(), Severity: text.nullish(), Message: text, SensorType: text.nullish() }))
    .max(5_000),
});

/** The end of the machine's console, or of its management controller's log: what a dying kernel says and no disk keeps. */
export const cloudConsole = defineProbe({
  id: "cloud-console",
  asks: "What did the machine write on its console last?",
  provides: {},
  streams: ["kernel", "system"],
  via: { source: "cloud", question: "console" },
  after: ["node.providerID"],
  limits: { timeoutMs: 8_000, maxBytes: 256 * 1024 },
  keep: "tail",
  byHand: ["aws", "ec2", "get-console-output", "--output", "text", "--instance-id", "INSTANCE"],
  read: (answer) => {
    if (answer.kind !== "value") return {};
    const log = entries.safeParse(jsonIn(answer.stdout)).data;
    if (log !== undefined) return { logs: { system: log.Members.map(lineOf).join("\n") } };
    return { logs: { kernel: thisBoot(textOf(answer)) } };
  },
});

function lineOf({ Created, Severity, SensorType, Message }: z.infer<typeof entries>["Members"][number]): string {
  const words = [isoStamp(Created), "SEL", Severity, SensorType, Message].filter((each) => each);
  return words.join(" ").replaceAll(/[\r\n]+/g, " ");
}

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]{0,20}[A-Za-z]`, "g");

/** A console goes on over boots without a stamp: only what was written since the last begin is of now. */
function thisBoot(console: string): string {
  const begin = console.lastIndexOf("Linux version ");
  const from = begin < 0 ? 0 : console.lastIndexOf("\n", begin) + 1;
  // Firmware and boot loaders paint in colours.
  return console.slice(from).replaceAll(colours, "");
}
