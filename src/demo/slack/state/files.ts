import type { Changes } from "./changes.ts";
import type { Ids } from "./ids.ts";

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly announcedBytes: number;
  /** Undefined until the bytes have been uploaded. */
  readonly content: Buffer | undefined;
  readonly channels: readonly string[];
}

export interface Files {
  readonly announce: (name: string, bytes: number) => StoredFile;
  readonly receive: (id: string, content: Buffer) => boolean;
  readonly complete: (id: string, title: string | undefined, channels: readonly string[]) => StoredFile | undefined;
  readonly find: (id: string) => StoredFile | undefined;
  readonly all: () => readonly StoredFile[];
}

export function createFiles(ids: Ids, changes: Changes): Files {
  const files = new Map<string, StoredFile>();
  const store = (file: StoredFile): StoredFile => {
    files.set(file.id, file);
    changes.notify();
    return file;
  };
  return {
    announce: (name, announcedBytes) =>
      store({ id: ids.next("F"), name, title: name, announcedBytes, content: undefined, channels: [] }),
    receive: (id, content) => {
      const file = files.get(id);
      if (file) store({ ...file, content });
      return file !== undefined;
    },
    complete: (id, title, channels) => {
      const file = files.get(id);
      return file?.content && store({ ...file, title: title ?? file.title, channels });
    },
    find: (id) => files.get(id),
    all: () => [...files.values()],
  };
}
