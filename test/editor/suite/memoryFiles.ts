import { EventEmitter, FilePermission, FileSystemError, FileType } from "vscode";
import type { FileChangeEvent, FileStat, FileSystemProvider, Uri } from "vscode";

/** Files of a remote system that reports no changes, as an extension may provide one. */
export class MemoryFiles implements FileSystemProvider {
  readonly onDidChangeFile = new EventEmitter<FileChangeEvent[]>().event;
  readonly files = new Map<string, Uint8Array>();
  /** Files that may only be read. */
  readonly locked = new Set<string>();
  /** The operation at which the connection breaks. */
  breaksAt: "delete" | "rename" | "writeFile" | undefined;

  watch() {
    return { dispose: () => undefined };
  }

  stat({ path }: Uri): FileStat {
    const bytes = this.files.get(path);
    const times = { ctime: 0, mtime: 0 };
    if (bytes !== undefined) {
      const locked = this.locked.has(path) && { permissions: FilePermission.Readonly };
      return { type: FileType.File, size: bytes.length, ...times, ...locked };
    }
    if (path === "/") return { type: FileType.Directory, size: 0, ...times };
    throw FileSystemError.FileNotFound();
  }

  readDirectory(): [string, FileType][] {
    return [...this.files.keys()].map((path) => [path.slice(1), FileType.File]);
  }

  createDirectory(): void {
    throw FileSystemError.NoPermissions();
  }

  readFile({ path }: Uri): Uint8Array {
    const bytes = this.files.get(path);
    if (bytes === undefined) throw FileSystemError.FileNotFound();
    return bytes;
  }

  writeFile({ path }: Uri, bytes: Uint8Array): void {
    this.#pass("writeFile");
    this.files.set(path, bytes);
  }

  delete({ path }: Uri): void {
    this.#pass("delete");
    this.files.delete(path);
  }

  rename(from: Uri, to: Uri): void {
    this.#pass("rename");
    this.files.set(to.path, this.readFile(from));
    this.files.delete(from.path);
  }

  #pass(operation: MemoryFiles["breaksAt"]): void {
    if (operation === this.breaksAt) throw FileSystemError.Unavailable("the connection broke");
  }
}
