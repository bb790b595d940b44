import type { Identifiers } from "../identifiers";
import type { Clock } from "../time/clock";

/** A file of an organisation. */
export interface StoredFile {
  readonly id: string;
  readonly filename: string;
  readonly purpose: "batch" | "batch_output";
  /** Unix time in seconds. */
  readonly createdAt: number;
  readonly content: Buffer;
}

/** Files of all organisations, in memory. */
export interface FileStore {
  add(organization: string, file: Pick<StoredFile, "filename" | "purpose" | "content">): StoredFile;
  find(organization: string, id: string): StoredFile | undefined;
  list(organization: string): StoredFile[];
  /** Tells whether there was such a file. */
  delete(organization: string, id: string): boolean;
}

export function createFileStore(clock: Clock, identifiers: Identifiers): FileStore {
  const owners = new Map<string, Map<string, StoredFile>>();
  const filesOf = (organization: string): Map<string, StoredFile> => {
    const files = owners.get(organization) ?? new Map<string, StoredFile>();
    owners.set(organization, files);
    return files;
  };
  return {
    add: (organization, given) => {
      const createdAt = Math.floor(clock.now() / 1_000);
      const file = { id: identifiers.file(), createdAt, ...given };
      filesOf(organization).set(file.id, file);
      return file;
    },
    find: (organization, id) => filesOf(organization).get(id),
    list: (organization) => [...filesOf(organization).values()],
    delete: (organization, id) => filesOf(organization).delete(id),
  };
}

/** A file as the API shows it. */
export function fileView(file: StoredFile): object {
  return {
    id: file.id,
    object: "file",
    bytes: file.content.length,
    created_at: file.createdAt,
    filename: file.filename,
    purpose: file.purpose,
  };
}
