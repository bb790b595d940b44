import { CancellationTokenSource, TabInputText, window, workspace } from "vscode";
import type { Disposable, Uri } from "vscode";
import { rankPaths, withFolders } from "../../core/context/rankPaths";
import type { PathEntry, SearchablePath } from "../../core/context/rankPaths";
import { excludedFiles } from "./excludedFiles";

/** Finds files and folders of the workspace by parts of their paths, recently opened ones first. */
export interface FileSearch {
  /** The list of files is read once, and again after files came or went. */
  find(query: string, limit: number): Promise<readonly PathEntry[]>;
}

const mostFiles = 50_000;
const mostRecent = 50;

export function createFileSearch(): FileSearch & Disposable {
  let known: readonly SearchablePath[] | undefined;
  let listing: Promise<void> | undefined;
  let stale = true;
  const recent = new Set<string>();
  const cancellation = new CancellationTokenSource();
  const registrations: Disposable[] = [
    window.onDidChangeActiveTextEditor((editor) => editor && remember(editor.document.uri)),
  ];
  for (const uri of openTabs()) remember(uri);

  async function list(): Promise<void> {
    if (known === undefined) registrations.push(...watchFiles(() => (stale = true)));
    stale = false;
    try {
      const exclude = excludedFiles();
      const found = await workspace.findFiles("**/*", exclude, mostFiles, cancellation.token);
      known = withFolders(found.map((uri) => workspace.asRelativePath(uri)));
    } catch {
      stale = true;
      known ??= [];
    }
  }

  /**
   * Only one listing runs at a time. An existing list is used while the next one is read, so that a build that keeps
   * creating files does not delay each keystroke.
   */
  async function entries(): Promise<readonly SearchablePath[]> {
    if (stale) listing ??= list().finally(() => (listing = undefined));
    if (known === undefined) await listing;
    return known ?? [];
  }

  function remember(uri: Uri): void {
    if (workspace.getWorkspaceFolder(uri) === undefined) return;
    const path = workspace.asRelativePath(uri);
    recent.delete(path);
    recent.add(path);
    const [oldest] = recent;
    if (recent.size > mostRecent && oldest !== undefined) recent.delete(oldest);
  }

  return {
    async find(query, limit) {
      return rankPaths(await entries(), query, [...recent].toReversed(), limit);
    },
    dispose() {
      cancellation.cancel();
      cancellation.dispose();
      for (const registration of registrations) registration.dispose();
    },
  };
}

function watchFiles(outdate: () => void): readonly Disposable[] {
  const watcher = workspace.createFileSystemWatcher("**/*", false, true, false);
  return [
    watcher,
    watcher.onDidCreate(outdate),
    watcher.onDidDelete(outdate),
    workspace.onDidChangeWorkspaceFolders(outdate),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("files") || change.affectsConfiguration("search")) outdate();
    }),
  ];
}

function openTabs(): readonly Uri[] {
  return window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => (input instanceof TabInputText ? [input.uri] : [])),
  );
}
