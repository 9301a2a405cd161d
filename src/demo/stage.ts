import { join } from "node:path";
import type { Clock } from "../collect/ports.ts";
import type { Settings } from "../config/load.ts";
import { configSchema } from "../config/schema.ts";
import type { Report } from "../report/report.ts";
import type { World } from "../usecases/ports.ts";
import { type PracticeCluster, startPracticeCluster } from "./practice/cluster.ts";
import { readRecordings } from "./practice/recording.ts";
import { castRoles } from "./practice/roles.ts";
import type { PageOptions } from "./slack/page/layout.ts";
import { type Standin, startSlackStandin } from "./slack/standin.ts";
import { defaultSeed } from "./slack/state/workspace.ts";

/**
 * Starts the product as `serve` would, from these settings; the composition root hands it in. `adapt` is laid over the
 * world before the bot gets it. `stop` ends the bot and lets go of the store.
 */
export type StartProduct = (
  settings: Settings,
  adapt: (world: World) => World,
) => Promise<{ readonly stop: () => Promise<void> }>;

export interface StageOptions {
  /** Folder of recordings: `test/bundles` of the package. */
  readonly recordings: string;
  /** An empty folder for the store and the keys. */
  readonly dir: string;
  readonly clock: Clock;
  /** Where the page is served; any free port where this one is taken, or none is named. */
  readonly port?: number;
  readonly startProduct: StartProduct;
}

/** Everything that plays: the practice cluster, a Slack, and the real bot between them. */
export interface Stage {
  readonly slack: Standin;
  readonly cluster: PracticeCluster;
  /** The recorded nodes; the others are there so that most of the fleet is well. */
  readonly recorded: PracticeCluster["nodes"];
  /** The newest report on a node, as the bot made it. */
  readonly report: (node: string) => Report | undefined;
  readonly close: () => Promise<void>;
}

export const demoChannel = "incidents";

export async function setStage(options: StageOptions): Promise<Stage> {
  const ending: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of ending.splice(0).toReversed()) await end();
  };
  try {
    const recordings = await readRecordings(options.recordings);
    const cluster = await startPracticeCluster({
      roles: castRoles(recordings),
      dir: join(options.dir, "cluster"),
      clock: options.clock,
    });
    ending.push(cluster.close);
    const recorded = cluster.nodes.slice(0, recordings.length);
    const slack = await startSlack(pageFor(recorded), options.port);
    ending.push(slack.close);
    const settings = settingsFor(cluster, slack, join(options.dir, "store"));
    const reports = new Map<string, Report>();
    const product = await options.startProduct(settings, (world) => observed(world, cluster, reports));
    ending.push(product.stop);
    await slack.waitFor(() => slack.connections() > 0);
    return { slack, cluster, recorded, report: (node) => reports.get(node), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Worth trying first, where they are there: what a fix mends, what hides, what is someone else's fault. */
const teasers = [
  "runtime-stopped",
  "apiserver-unreachable-firewall",
  "kubelet-hung",
  "inodes-exhausted",
  "kubelet-oom-killed",
  "apiserver-ca-mismatch",
];

/** What somebody who knows nothing of the product is given to try. The names do not tell the fault. */
function pageFor(nodes: PracticeCluster["nodes"]): PageOptions {
  const named = teasers.flatMap((root) => nodes.find(({ expect }) => expect.roots[0] === root)?.name ?? []);
  return {
    title: "node-why demo",
    topic: "Real nodes, recorded broken. Ask why one is not Ready; where the answer has a Fix… button, press it.",
    suggestions: ["/node list", ...named.map((name) => `/node why ${name}`), "/node help"],
  };
}

async function startSlack(page: PageOptions, port = 0): Promise<Standin> {
  try {
    return await startSlackStandin({ port, page });
  } catch (thrown) {
    if (port === 0 || (thrown as { readonly code?: unknown }).code !== "EADDRINUSE") throw thrown;
    return startSlackStandin({ page });
  }
}

function settingsFor(cluster: PracticeCluster, slack: Standin, storeDir: string): Settings {
  const { botToken, appToken, signingSecret, apiUrl } = slack;
  return {
    config: configSchema.parse({
      clusters: [cluster.config],
      slack: { channel: `#${demoChannel}`, operators: defaultSeed.users.slice(0, 2).map(({ id }) => id) },
      // Nobody in a demo waits five minutes for proof; everything else is as it would be.
      remediation: { mode: "confirm", readyWithin: "10s", hold: "3s", cooldown: "10s" },
    }),
    file: null,
    kubeconfig: null,
    mongodbUri: null,
    slack: { botToken, appToken, signingSecret, apiUrl },
    storeDir,
    sshAuthSock: null,
    inCluster: false,
    logLevel: "warn",
  };
}

/** The product's own world, with the practice cluster's recordings behind its ports and its reports looked at. */
function observed(world: World, cluster: PracticeCluster, reports: Map<string, Report>): World {
  const { engine, clusters } = world;
  return {
    ...world,
    clusters: clusters.map((one) => ({ ...one, ports: async () => cluster.ports(await one.ports()) })),
    engine: {
      ...engine,
      judge: (set) => {
        const judged = engine.judge(set);
        if (judged.report.node !== null) reports.set(judged.report.node, judged.report);
        return judged;
      },
    },
  };
}
