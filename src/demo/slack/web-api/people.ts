import { z } from "zod";
import type { UserGroup } from "../state/people.ts";
import { userOnWire } from "../state/wire.ts";
import type { World } from "../state/world.ts";
import { answer, type Method, method, refuse } from "./method.ts";

const authTest = method(
  z.object({}),
  ({ workspace, origin }) => {
    const { installation } = workspace;
    return answer({
      url: `${origin()}/`,
      team: installation.teamName,
      team_id: installation.teamId,
      user: installation.botName,
      user_id: installation.botUserId,
      bot_id: installation.botId,
      is_enterprise_install: false,
    });
  },
  "bot",
);

const apiTest = method(z.object({ error: z.string().optional() }), (_, args) =>
  args.error === undefined ? answer() : refuse(args.error),
);

const usersInfo = method(z.object({ user: z.string() }), (world, args) => {
  const user = world.workspace.user(args.user);
  return user === undefined ? refuse("user_not_found") : answer({ user: userOnWire(user) });
});

const groupUsers = method(z.object({ usergroup: z.string() }), (world, args) => {
  const group = world.workspace.userGroup(args.usergroup);
  return group === undefined ? refuse("no_such_subteam") : answer({ users: group.users });
});

const groups = method(z.object({}), (world) =>
  answer({ usergroups: world.workspace.userGroups().map((group) => groupOnWire(world, group)) }),
);

function groupOnWire(world: World, group: UserGroup) {
  return {
    id: group.id,
    team_id: world.workspace.installation.teamId,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    user_count: group.users.length,
  };
}

export const peopleMethods: Readonly<Record<string, Method>> = {
  "auth.test": authTest,
  "api.test": apiTest,
  "users.info": usersInfo,
  "usergroups.list": groups,
  "usergroups.users.list": groupUsers,
};
