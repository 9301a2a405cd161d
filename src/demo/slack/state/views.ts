import type { ModalView } from "../validate/views.ts";
import type { Changes } from "./changes.ts";
import type { Ids } from "./ids.ts";
import { named } from "./messages.ts";

/** Slack shows at most three dialogs on top of each other. */
export const viewStackLimit = 3;

/** One dialog as one user has it open; never changed in place. */
export interface OpenView {
  readonly id: string;
  readonly hash: string;
  readonly user: string;
  readonly rootViewId: string;
  readonly previousViewId: string | undefined;
  readonly view: ModalView;
  /** What the last submission was refused for, by block_id. */
  readonly errors: Readonly<Record<string, string>>;
}

export interface Views {
  /** Puts a dialog on top of the user's stack. */
  readonly push: (user: string, view: ModalView) => OpenView;
  readonly replace: (id: string, view: ModalView) => OpenView | undefined;
  readonly showErrors: (id: string, errors: Readonly<Record<string, string>>) => void;
  readonly find: (id: string) => OpenView | undefined;
  readonly findByExternalId: (externalId: string) => OpenView | undefined;
  /** The user's open dialogs, the one on top last. */
  readonly stackOf: (user: string) => readonly OpenView[];
  readonly close: (id: string) => void;
  readonly clear: (user: string) => void;
}

export function createViews(ids: Ids, changes: Changes): Views {
  let open: readonly OpenView[] = [];
  const set = (next: readonly OpenView[]): void => {
    open = next;
    changes.notify();
  };
  const withNames = (view: ModalView): ModalView => ({ ...view, blocks: [...named(view.blocks, ids)] });
  const find = (id: string): OpenView | undefined => open.find((view) => view.id === id);
  const stackOf = (user: string): readonly OpenView[] => open.filter((view) => view.user === user);
  const swap = (id: string, change: (old: OpenView) => OpenView): OpenView | undefined => {
    set(open.map((view) => (view.id === id ? change(view) : view)));
    return find(id);
  };
  return {
    find,
    findByExternalId: (externalId) => open.find((view) => view.view.external_id === externalId),
    stackOf,
    push: (user, view) => {
      const stack = stackOf(user);
      const id = ids.next("V");
      const rootViewId = stack[0]?.id ?? id;
      const previousViewId = stack.at(-1)?.id;
      const opened = { id, hash: ids.next("h"), user, rootViewId, previousViewId, view: withNames(view), errors: {} };
      set([...open, opened]);
      return opened;
    },
    replace: (id, view) => swap(id, (old) => ({ ...old, hash: ids.next("h"), view: withNames(view), errors: {} })),
    showErrors: (id, errors) => {
      swap(id, (old) => ({ ...old, errors }));
    },
    close: (id) => set(open.filter((view) => view.id !== id)),
    clear: (user) => set(open.filter((view) => view.user !== user)),
  };
}
