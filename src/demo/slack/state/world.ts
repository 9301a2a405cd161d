import type { StandinClock } from "../clock.ts";
import { type Calls, createCalls } from "./calls.ts";
import { type Changes, createChanges } from "./changes.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createFiles, type Files } from "./files.ts";
import { createIds, type Ids } from "./ids.ts";
import { createMessages, type Messages } from "./messages.ts";
import { createProblems, type Problems } from "./problems.ts";
import { createResponseUrls, type ResponseUrls } from "./response-urls.ts";
import { createTriggers, type Triggers } from "./triggers.ts";
import { createViews, type Views } from "./views.ts";
import { createWorkspace, type Workspace, type WorkspaceSeed } from "./workspace.ts";

export interface Secrets {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
}

/** Everything the stand-in knows, in one place, so that each method and each gesture gets it as one input. */
export interface World {
  readonly clock: StandinClock;
  readonly secrets: Secrets;
  readonly changes: Changes;
  readonly ids: Ids;
  readonly workspace: Workspace;
  readonly messages: Messages;
  readonly views: Views;
  readonly files: Files;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly problems: Problems;
  readonly faults: Faults;
  readonly calls: Calls;
  /** `http://127.0.0.1:PORT`; known once the server listens. */
  readonly origin: () => string;
}

export function createWorld(seed: WorkspaceSeed, clock: StandinClock, secrets: Secrets, origin: () => string): World {
  const changes = createChanges();
  const ids = createIds(clock);
  return {
    clock,
    secrets,
    changes,
    ids,
    workspace: createWorkspace(seed),
    messages: createMessages(ids, clock.now, changes),
    views: createViews(ids, changes),
    files: createFiles(ids, changes),
    triggers: createTriggers(ids, clock.now),
    responseUrls: createResponseUrls(ids, clock.now),
    problems: createProblems(clock.now, changes),
    faults: createFaults(),
    calls: createCalls(changes),
    origin,
  };
}
