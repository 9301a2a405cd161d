import type { WebClient } from "@slack/web-api";
import type { SlackConfig } from "../../../config/schema.ts";
import { messageOf } from "../../../shared/errors.ts";
import type { Person } from "../../../usecases/remediate/ports.ts";
import { type Asker, mayAsk } from "../may-ask.ts";

/** Somebody in Slack; what they may is looked up each time it is asked, since rights are taken away too. */
export function slackPerson(client: WebClient, asker: Asker, config: SlackConfig): Person {
  return { id: asker.user, may: () => mayFix(client, asker, config) };
}

async function mayFix(client: WebClient, asker: Asker, config: SlackConfig): ReturnType<Person["may"]> {
  const refused = await mayAsk(client, asker, { channel: config.channel });
  if (refused !== null) return { why: refused.replace(/\.$/, "") };
  const users = [...config.operators, ...(config.roles?.operators?.users ?? [])];
  const groups = config.roles?.operators?.groups ?? [];
  if (users.includes(asker.user)) return "allowed";
  if (users.length === 0 && groups.length === 0) return { why: "no operators are configured, so nobody may run fixes" };
  return await inOneOf(client, groups, asker.user);
}

async function inOneOf(client: WebClient, groups: readonly string[], user: string): ReturnType<Person["may"]> {
  const problems: string[] = [];
  for (const usergroup of groups) {
    try {
      const { users } = await client.usergroups.users.list({ usergroup });
      if (users?.includes(user)) return "allowed";
    } catch (thrown) {
      problems.push(`${usergroup}: ${messageOf(thrown)}`);
    }
  }
  if (problems.length > 0)
    return { why: `the user groups could not be asked (usergroups:read): ${problems.join("; ")}` };
  return { why: `${user} is not among the operators` };
}
