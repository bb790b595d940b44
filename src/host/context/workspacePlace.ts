import { realpath } from "node:fs/promises";
import { sep } from "node:path";
import { env, FileType, Uri, workspace } from "vscode";
import type { WorkspaceFolder } from "vscode";
import { fail, succeed } from "../../core/dispatch/failure";
import type { ContextRefusal, Result } from "../../core/dispatch/failure";
import { normalizePath } from "../../core/edits/editPath";
import { refuseSensitive } from "../../core/edits/pathGate";

/** A file or folder that was found to lie inside the workspace, with links resolved. */
export interface WorkspacePlace {
  readonly uri: Uri;
  /** Relative, with the folder's name in front where there are several. */
  readonly path: string;
  readonly isFolder: boolean;
  /** Bytes on disk. */
  readonly size: number;
}

export function refuse(name: string, reason: ContextRefusal): Result<never> {
  return fail({ kind: "contextRefused", name, reason });
}

/** The one gate for files that are read as context: nothing outside the workspace, nothing of Git's own. */
export async function placeOf(uri: Uri): Promise<Result<WorkspacePlace>> {
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1) || uri.path;
  // Checked first, because the editor compares addresses as they are written.
  if (hasSteps(uri.path)) return refuse(name, "outsideWorkspace");
  const folder = workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return refuse(name, "outsideWorkspace");
  if (refuseSensitive(uri.path.slice(folder.uri.path.length)) === "git") return refuse(name, "git");
  const refused = await refuseRealPlace(folder, uri);
  if (refused !== undefined) return refuse(name, refused);
  try {
    const { type, size } = await workspace.fs.stat(uri);
    const isFolder = (type & FileType.Directory) !== 0;
    // Pipes and devices have no end.
    if (!isFolder && (type & FileType.File) === 0) return refuse(name, "notText");
    return succeed({ uri, path: pathIn(folder, uri), isFolder, size });
  } catch {
    return refuse(name, "missing");
  }
}

/** The place that a path names, like `WorkspacePlace.path`; it may begin with the folder's name. */
export async function findPlace(path: string): Promise<Result<WorkspacePlace>> {
  const relative = normalizePath(path);
  if (relative === undefined)
    return refuse(path, refuseSensitive(path) === "git" ? "git" : "outsideWorkspace");
  const folders = workspace.workspaceFolders ?? [];
  for (const folder of folders)
    for (const inside of insideOf(folder, relative)) {
      const place = await placeOf(inside === "" ? folder.uri : Uri.joinPath(folder.uri, inside));
      if (place.ok) return place;
      const { failure } = place;
      if (failure.kind !== "contextRefused" || failure.reason !== "missing") return place;
    }
  return refuse(path, "missing");
}

/** The path as it is, and without the folder's name in front. */
function insideOf({ name }: WorkspaceFolder, path: string): readonly string[] {
  if (path === name) return [path, ""];
  return path.startsWith(`${name}/`) ? [path, path.slice(name.length + 1)] : [path];
}

/** The addresses of a `text/uri-list`, line by line; comments start with `#`. Invalid addresses are left out. */
export function readUriList(list: string): readonly Uri[] {
  return list
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .slice(0, mostDropped)
    .flatMap((line) => {
      const uri = parse(line);
      return uri === undefined ? [] : [asOnThisSide(uri)];
    });
}

/** More at once is a mistake, or not a person. */
const mostDropped = 50;

function parse(text: string): Uri | undefined {
  try {
    return Uri.parse(text, true);
  } catch {
    return undefined;
  }
}

/** In a remote window the view names files by the remote's address; on this side they are files. */
function asOnThisSide(uri: Uri): Uri {
  return uri.scheme === "vscode-remote" && env.remoteName !== undefined ? Uri.file(uri.path) : uri;
}

function hasSteps(path: string): boolean {
  // eslint-disable-next-line no-control-regex
  return path.split(/[\\/]/).includes("..") || /[\u0000-\u001f]/.test(path);
}

async function refuseRealPlace(
  { uri: root }: WorkspaceFolder,
  uri: Uri,
): Promise<ContextRefusal | undefined> {
  if (uri.scheme !== "file") return undefined;
  try {
    const [inside, real] = await Promise.all([realpath(root.fsPath), realpath(uri.fsPath)]);
    const isInside = real === inside || real.startsWith(withSeparator(inside));
    if (!isInside) return "outsideWorkspace";
    return refuseSensitive(real.slice(inside.length)) === "git" ? "git" : undefined;
  } catch {
    return "missing";
  }
}

function withSeparator(path: string): string {
  return path.endsWith(sep) ? path : path + sep;
}

function pathIn({ uri: root, name }: WorkspaceFolder, uri: Uri): string {
  return uri.path.replace(/\/+$/, "") === root.path.replace(/\/+$/, "")
    ? name
    : workspace.asRelativePath(uri);
}
