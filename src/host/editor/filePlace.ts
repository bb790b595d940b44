import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { FilePermission, Uri, workspace } from "vscode";
import type { Failure, PathRefusal } from "../../core/dispatch/failure";
import { refuseSensitive } from "../../core/edits/pathGate";
import { cellScheme, fileOf } from "./codeTarget";
import { isKept } from "./openFiles";

/**
 * Judges where a file really is: the offered path may be only a name, its folder the workspace itself, and any part of it
 * a link. The editor's own settings have their own scheme.
 */
export async function refusePlace(uri: Uri): Promise<PathRefusal | undefined> {
  const file = fileOf(uri);
  if (file.scheme === "vscode-userdata") return "editorConfiguration";
  const refused = refuseSensitive(file.path);
  if (refused !== undefined || file.scheme !== "file") return refused;
  return refuseSensitive(await realPathOf(file.fsPath));
}

/**
 * Refuses a file that is gone or may not be written, by its permissions or because its file system is read-only. The
 * editor itself would accept an edit of a document that an extension only shows.
 */
export async function refuseReadOnly(uri: Uri, path: string): Promise<Failure | undefined> {
  const file = fileOf(uri);
  if (file.scheme === "untitled") return undefined;
  // A cell of a notebook that is not open.
  if (file.scheme === cellScheme) return { kind: "fileMissing", path };
  if (!isKept(file) || workspace.fs.isWritableFileSystem(file.scheme) === false)
    return { kind: "readOnly", path };
  try {
    return (await isReadOnly(file)) ? { kind: "readOnly", path } : undefined;
  } catch {
    return { kind: "fileMissing", path };
  }
}

/** Throws when there is no such file. */
async function isReadOnly(file: Uri): Promise<boolean> {
  if (file.scheme !== "file") {
    const { permissions = 0 } = await workspace.fs.stat(file);
    return (permissions & FilePermission.Readonly) !== 0;
  }
  const { mode } = await stat(file.fsPath);
  // Root may write to every file, but should not write to one that is read-only for all.
  if ((mode & 0o222) === 0) return true;
  return access(file.fsPath, constants.W_OK).then(
    () => false,
    () => true,
  );
}

/** Whether a file has more names than one (hard links): what is written under one of them is read under all. */
export async function hasOtherNames(uri: Uri): Promise<boolean> {
  const file = fileOf(uri);
  if (file.scheme !== "file") return false;
  return stat(file.fsPath).then(
    ({ nlink }) => nlink > 1,
    () => false,
  );
}

/**
 * The paths that show what a file is for, whatever it is called here: within its workspace folder, with that folder's own
 * name in front, and where links lead. The folders above say nothing about it.
 */
export async function tellingPaths(uri: Uri): Promise<readonly string[]> {
  const file = fileOf(uri);
  const folder = workspace.getWorkspaceFolder(file)?.uri;
  const named = folder === undefined ? file.path : within(folder.path, file.path);
  if (file.scheme !== "file") return [named];
  const real = Uri.file(await realPathOf(file.fsPath)).path;
  if (folder === undefined) return [named, real];
  return [named, within(Uri.file(await realPathOf(folder.fsPath)).path, real)];
}

/** From the folder's own name on; the whole path if it is elsewhere. */
function within(folder: string, path: string): string {
  return path.startsWith(`${folder}/`) ? path.slice(folder.lastIndexOf("/") + 1) : path;
}

/** The path with all links resolved; for what does not exist yet, with those of its existing folders. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPathOf(parent), basename(path));
  }
}
