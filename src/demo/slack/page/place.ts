import type { Channel, User } from "../state/people.ts";
import type { World } from "../state/world.ts";

/** Who looks at which channel, and which thread is open beside it. Comes from the address, so a reload keeps it. */
export interface Place {
  readonly user: User;
  readonly channel: Channel;
  /** The open thread's parent. */
  readonly thread: string | undefined;
}

/** What the address names, else the first person in the first channel. */
export function placeFrom(world: World, query: URLSearchParams): Place | undefined {
  const { workspace } = world;
  const people = peopleIn(world);
  const user = people.find((one) => one.id === query.get("user")) ?? people[0];
  const channel = workspace.channel(query.get("channel") ?? "") ?? workspace.channels()[0];
  const thread = query.get("thread") ?? undefined;
  return user && channel && { user, channel, thread };
}

export function peopleIn(world: World): readonly User[] {
  return world.workspace.users().filter((user) => user.kind !== "bot" && !user.deleted);
}

export function addressOf(place: Place, change: { thread?: string | undefined; channel?: string } = {}): string {
  const next = { user: place.user.id, channel: place.channel.id, thread: place.thread, ...change };
  const query = new URLSearchParams(
    Object.entries(next).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return `/?${query}`;
}

/** The fields every form carries, so that what is done is done by this person in this place. */
export function placeFields(place: Place): Readonly<Record<string, string>> {
  const { user, channel, thread } = place;
  return { user: user.id, channel: channel.id, ...(thread === undefined ? {} : { thread }) };
}
