import { hostname } from "node:os";
import { migrations } from "../../migrations/index.ts";
import { loadRegistry } from "../collect/registry.ts";
import type { Settings } from "../config/load.ts";
import type { ClusterConfig } from "../config/schema.ts";
import { slackState } from "../entry/slack/doctor.ts";
import { systemClock } from "../platform/clock.ts";
import { accessReviews } from "../platform/kubernetes/access-review.ts";
import { kubeconfigCredentials } from "../platform/kubernetes/credential-end.ts";
import { loadKubeconfig } from "../platform/kubernetes/kubeconfig.ts";
import { createLogger } from "../platform/logger.ts";
import { sshCertificates } from "../platform/ssh/credential-end.ts";
import { sshOpener } from "../platform/ssh/opener.ts";
import { claim, release } from "../platform/store/lease.ts";
import { pendingMigrations } from "../platform/store/migrate.ts";
import { openStore } from "../platform/store/open.ts";
import { OperatorError } from "../shared/errors.ts";
import type { ActingLogin, DoctorCluster, DoctorPorts, SlackWish, StoreState } from "../usecases/doctor/ports.ts";
import { actingCommands } from "../usecases/grants/sudoers.ts";
import { lintAll, problemText } from "../usecases/load-engine.ts";
import type { ClusterAccess } from "../usecases/ports.ts";
import { clustersOf, kubeconfigOf, localOf, sshSettings } from "./clusters.ts";
import { grantSource, sudoWords } from "./grants.ts";
import { knowledgeSource } from "./knowledge.ts";
import { checkOwners } from "./owners.ts";

/** As long as a diagnosis may take, and the listing of nodes before it. */
const limitMs = 25_000;

/** `adapt`: tests put a practice cluster's ports in the place of what no loopback can show. */
export async function doctorPorts(
  settings: Settings,
  nodes: readonly string[],
  adapt: (clusters: readonly ClusterAccess[]) => readonly ClusterAccess[] = (clusters) => clusters,
): Promise<DoctorPorts> {
  const wish = slackWishOf(settings);
  const log = createLogger("silent");
  const { actions, ruleFor } = await grantSource();
  return {
    clock: systemClock,
    registry: await loadRegistry(),
    clusters: adapt(clustersOf(settings)).map((access) => ({
      ...clusterOf(access, settings),
      acting: actingOf(access.name, settings, (user) =>
        actingCommands(actions).map((command) => ({ words: sudoWords(command), rule: ruleFor(user, command) })),
      ),
    })),
    nodes,
    limitMs,
    store: () => storeState(settings),
    knowledge: ownKnowledge(settings),
    slack: settings.slack.botToken === null ? null : () => slackState(settings.slack, wish, log),
    slackWish: wish,
  };
}

function actingOf(
  name: string,
  settings: Settings,
  commandsOf: (user: string) => ActingLogin["commands"],
): ActingLogin | null {
  const acting = settings.config.clusters.find((each) => each.name === name)?.acting;
  if (acting === undefined) return null;
  const { agent: _, ...rest } = acting; // acting means this key, not whatever an agent holds
  const ssh = sshOpener(sshSettings({ ...rest, agent: false }, settings), localOf(), systemClock);
  return { user: acting.user, ssh, commands: commandsOf(acting.user) };
}

function clusterOf({ name, ports, inventory }: ClusterAccess, settings: Settings): Omit<DoctorCluster, "acting"> {
  const config: ClusterConfig = settings.config.clusters.find((each) => each.name === name) ?? { name, inventory: [] };
  const kubeconfig = () => loadKubeconfig(kubeconfigOf(config, settings));
  const logins = [config.ssh, config.acting].flatMap((login) => login ?? []);
  return {
    name,
    inventory,
    ports,
    execNamespace: config.podExec?.namespace ?? null,
    reviews: async () => accessReviews(kubeconfig(), systemClock),
    credentials: async () => {
      const certificates = await Promise.all(logins.map((login) => sshCertificates(sshSettings(login, settings))));
      return [...kubeconfigCredentials(kubeconfig()), ...certificates.flat()];
    },
  };
}

/** That it opens, of which version it is, and that a lease can be had and given back. */
async function storeState(settings: Settings): Promise<StoreState> {
  const documents = await openStore({ mongodbUri: settings.mongodbUri ?? undefined, dir: settings.storeDir });
  try {
    await documents.ready();
    const pending = await pendingMigrations(documents, migrations);
    const holder = `${hostname()}-${process.pid}`;
    const lease = await claim(documents, { id: `doctor:${holder}`, holder, ttlMs: 60_000 }, systemClock.now());
    if (!lease.ok) throw new OperatorError(`${lease.problem.holder} holds our lease`, ["try again in a minute"]);
    await release(documents, lease.value);
    await documents.deleteWhere("claims", { _id: lease.value.id });
    return { where: documents.describe().where, pending: pending.map(({ id }) => id) };
  } finally {
    await documents.close();
  }
}

/** The operator's own causes, and the owners that name causes. */
function ownKnowledge(settings: Settings): DoctorPorts["knowledge"] {
  const { knowledge, owners } = settings.config;
  if (knowledge.paths.length === 0 && owners.length === 0) return null;
  return async () => {
    const { compiled, problems } = lintAll(await knowledgeSource(settings));
    checkOwners(settings.config, [...compiled.knowledge.causes.keys()], settings.file);
    return problems.map(problemText);
  };
}

function slackWishOf({ config }: Settings): SlackWish {
  const { slack, digest } = config;
  const posted = digest.day === "never" ? undefined : (digest.channel ?? slack.channel);
  const roles = Object.values(slack.roles ?? {});
  return {
    channels: [...new Set([slack.channel, posted].flatMap((channel) => channel ?? []))],
    mode: slack.mode,
    userGroups: roles.some((people) => people !== undefined && people.groups.length > 0),
    digest: posted !== undefined,
  };
}
