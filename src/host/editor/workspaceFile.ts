import { realpath } from "node:fs/promises";
import { sep } from "node:path";
import {
  commands,
  FileType,
  Range,
  TabInputText,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type { WorkspaceFolder } from "vscode";
import { normalizePath } from "../../core/edits/editPath";
import { readFileReference } from "../../protocol/fileReference";
import type { FileReference } from "../../protocol/fileReference";

/**
 * The workspace file that a path means, as an answer or a person writes it: relative to a workspace folder, perhaps with
 * the folder's name in front. Undefined if there is none, or if it is outside, through whatever link. `near` are files
 * that a bare name may mean.
 */
async function findWorkspaceFile(
  path: string,
  near: readonly Uri[] = [],
): Promise<Uri | undefined> {
  const [first] = await findWorkspaceFiles(path);
  if (first !== undefined) return first;
  const relative = normalizePath(path);
  return relative === undefined || relative.includes("/") ? undefined : findByName(relative, near);
}

/** All files that the path may mean, as the workspace may have several folders. */
export async function findWorkspaceFiles(path: string): Promise<readonly Uri[]> {
  const relative = normalizePath(path);
  const found: Uri[] = [];
  if (relative === undefined) return found;
  for (const folder of workspace.workspaceFolders ?? []) {
    for (const inside of [relative, withoutPrefix(relative, `${folder.name}/`)]) {
      const uri = inside === undefined ? undefined : Uri.joinPath(folder.uri, inside);
      if (uri !== undefined && (await isFileIn(folder, uri))) found.push(uri);
    }
  }
  return found;
}

/** Only if exactly one file has the name. */
async function findByName(name: string, near: readonly Uri[]): Promise<Uri | undefined> {
  const named = near.filter(({ path }) => path.endsWith(`/${name}`));
  const [only, ...others] = new Map(named.map((uri) => [uri.toString(), uri])).values();
  if (only === undefined || others.length > 0) return undefined;
  const folder = workspace.getWorkspaceFolder(only);
  return folder !== undefined && (await isFileIn(folder, only)) ? only : undefined;
}

async function isFileIn({ uri: folder }: WorkspaceFolder, uri: Uri): Promise<boolean> {
  try {
    const { type } = await workspace.fs.stat(uri);
    if ((type & FileType.File) === 0) return false;
    if (uri.scheme !== "file") return true;
    const [root, real] = await Promise.all([realpath(folder.fsPath), realpath(uri.fsPath)]);
    return real.startsWith(root.endsWith(sep) ? root : root + sep);
  } catch {
    // It does not exist, or cannot be read.
    return false;
  }
}

function withoutPrefix(path: string, prefix: string): string | undefined {
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** The references that name a file of the workspace. */
export async function findReferences(
  references: readonly string[],
  near: readonly Uri[],
): Promise<string[]> {
  const found = await Promise.all(
    references.map(async (reference) => {
      const named = readFileReference(reference);
      const uri = named && (await findWorkspaceFile(named.path, near));
      return uri === undefined ? [] : [reference];
    }),
  );
  return found.flat();
}

/** Opens the file at its line, beside the chat if that is a tab; false if there is no such file. */
export async function openReference(reference: string, near: readonly Uri[]): Promise<boolean> {
  const named = readFileReference(reference);
  const uri = named && (await findWorkspaceFile(named.path, near));
  if (named === undefined || uri === undefined) return false;
  const selection = rangeOf(named);
  await commands.executeCommand("vscode.open", uri, {
    viewColumn: columnForFiles(),
    ...(selection !== undefined && { selection }),
  });
  return true;
}

function rangeOf({ line, column = 1 }: FileReference): Range | undefined {
  if (line === undefined) return undefined;
  const [row, character] = [Math.max(0, line - 1), Math.max(0, column - 1)];
  return new Range(row, character, row, character);
}

function columnForFiles(): ViewColumn {
  const { activeTabGroup, all } = window.tabGroups;
  const showsText = (group: (typeof all)[number]) =>
    group.tabs.some(({ input }) => input instanceof TabInputText);
  if (activeTabGroup.activeTab === undefined || showsText(activeTabGroup)) return ViewColumn.Active;
  return all.find(showsText)?.viewColumn ?? ViewColumn.Beside;
}
