import { lstat, realpath } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Uri, workspace } from "vscode";
import type { WorkspaceFolder } from "vscode";
import { fail, succeed } from "../../core/dispatch/failure";
import type { PathRefusal, Result } from "../../core/dispatch/failure";
import { normalizePath } from "../../core/edits/editPath";
import { refuseNew, refuseSensitive } from "../../core/edits/pathGate";

/**
 * Where a new file of this path would be: in the workspace folder that its first part names if there are several, or else
 * in the first. Refused if something is already there, even a dangling link, and if a link on the way leads out of the
 * folder or to something that is never changed.
 */
export async function placeNewFile(path: string): Promise<Result<Uri>> {
  const refuse = (reason: PathRefusal) => fail({ kind: "fileNotAllowed", path, reason });
  const folders = foldersFor(path);
  if (folders.length > 1) return refuse("ambiguous");
  const [[folder, inside] = []] = folders;
  if (folder === undefined || inside === undefined || normalizePath(inside) !== inside)
    return refuse(normalizePath(path) === undefined ? "badName" : "outsideWorkspace");
  const badName = refuseNew(path);
  if (badName !== undefined) return refuse(badName);
  const uri = Uri.joinPath(folder.uri, ...inside.split("/"));
  if (await isThere(uri)) return refuse("exists");
  const reason = uri.scheme === "file" ? await refuseRealPlace(folder, uri) : undefined;
  return reason === undefined ? succeed(uri) : refuse(reason);
}

/** The folder and the path in it; several if folders have the same name. */
function foldersFor(path: string): readonly (readonly [WorkspaceFolder, string])[] {
  const folders = workspace.workspaceFolders ?? [];
  const named = folders.filter(({ name }) => folders.length > 1 && path.startsWith(`${name}/`));
  if (named.length > 0) return named.map((folder) => [folder, path.slice(folder.name.length + 1)]);
  return folders.slice(0, 1).map((folder) => [folder, path]);
}

/** A link counts as there, wherever it leads. */
export async function isThere(uri: Uri): Promise<boolean> {
  try {
    if (uri.scheme === "file") await lstat(uri.fsPath);
    else await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

async function refuseRealPlace(
  { uri: folder }: WorkspaceFolder,
  uri: Uri,
): Promise<PathRefusal | undefined> {
  const root = await realpath(folder.fsPath);
  let ancestor = dirname(uri.fsPath);
  for (;;) {
    try {
      const real = await realpath(ancestor);
      if (real !== root && !real.startsWith(root + sep)) return "outsideWorkspace";
      return refuseSensitive(join(real, relative(ancestor, uri.fsPath)));
    } catch {
      // A dangling link would lead the new file to where it points.
      if (await isThere(Uri.file(ancestor))) return "outsideWorkspace";
      if (dirname(ancestor) === ancestor) return "outsideWorkspace";
      ancestor = dirname(ancestor);
    }
  }
}
