import { slackbot } from "../../state/message.ts";
import type { Workspace } from "../../state/workspace.ts";

/** Names for the ids that messages carry. */
export interface Names {
  readonly user: (id: string) => string;
  readonly channel: (id: string) => string;
  readonly userGroup: (id: string) => string;
}

export function namesFrom(workspace: Workspace): Names {
  return {
    user: (id) => (id === slackbot ? "Slackbot" : (workspace.user(id)?.realName ?? id)),
    channel: (id) => workspace.channel(id)?.name ?? id,
    userGroup: (id) => workspace.userGroup(id)?.handle ?? id,
  };
}
