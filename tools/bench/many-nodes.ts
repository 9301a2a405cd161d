/** 200 nodes behind real HTTPS and SSH on loopback, in a process of their own; ends with its standard input. */
import { argv, exit, stdin, stdout } from "node:process";
import { startPracticeCluster } from "../../src/demo/practice/cluster.ts";
import { isHealthy, readRecordings } from "../../src/demo/practice/recording.ts";
import { castRoles } from "../../src/demo/practice/roles.ts";
import { systemClock } from "../../src/platform/clock.ts";

const [, , recordingsFolder = "", dir = "", count = "200"] = argv;
const recordings = await readRecordings(recordingsFolder);
const healthy = recordings.find(isHealthy);
if (healthy === undefined) throw new Error("no recording of a healthy node");
// Only nodes that can be logged in to: one that cannot is less work.
const broken = recordings.filter(({ set }) =>
  set.items.some(({ source, answer }) => source === "ssh" && answer.kind === "value"),
);
const nodes = Array.from({ length: Number(count) }, (_, at) =>
  at % 5 === 0 ? broken[(at / 5) % broken.length] : healthy,
);
const cluster = await startPracticeCluster({
  roles: castRoles(nodes.flatMap((one) => one ?? [])).slice(0, Number(count)),
  dir,
  clock: systemClock,
});
stdout.write(`${JSON.stringify({ config: cluster.config, names: cluster.nodes.map(({ name }) => name) })}\n`);
stdin.resume().on("end", () => void cluster.close().then(() => exit(0)));
