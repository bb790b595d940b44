/** A file or folder of the workspace, as the user names it. */
export interface PathEntry {
  readonly path: string;
  readonly isFolder: boolean;
}

/** A path that is searched often, so that its lower-case form is kept. */
export interface SearchablePath extends PathEntry {
  readonly folded: string;
}

function searchable(path: string, isFolder: boolean): SearchablePath {
  return { path, isFolder, folded: path.toLowerCase() };
}

/** Files with the folders that they lie in, each once. */
export function withFolders(files: readonly string[]): readonly SearchablePath[] {
  const folders = new Set<string>();
  for (const file of files) {
    let end = file.lastIndexOf("/");
    while (end > 0) {
      const folder = file.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
      end = folder.lastIndexOf("/");
    }
  }
  return [
    ...files.map((path) => searchable(path, false)),
    ...[...folders].map((path) => searchable(path, true)),
  ];
}

/**
 * The entries whose path has the query's letters in order, the best first: recent ones, then names before
 * paths, beginnings before middles, whole runs before scattered letters, short before long.
 * `recent` are paths, the latest first.
 */
export function rankPaths(
  entries: readonly SearchablePath[],
  query: string,
  recent: readonly string[],
  limit: number,
): readonly PathEntry[] {
  const wanted = query.trim().replaceAll("\\", "/").toLowerCase();
  const recency = new Map(recent.map((path, index) => [path, recent.length - index]));
  const best: { readonly entry: SearchablePath; readonly score: number }[] = [];
  for (const entry of entries) {
    const match = matchScore(entry.folded, wanted);
    if (match === undefined) continue;
    const opened = recency.get(entry.path) ?? 0;
    const score =
      match +
      (entry.isFolder ? 0 : fileBonus) +
      (opened > 0 ? recentBonus + opened : 0) -
      entry.path.length / 1000;
    insert(best, { entry, score }, limit);
  }
  return best.map(({ entry: { path, isFolder } }) => ({ path, isFolder }));
}

/** Less than the step to a better kind of match, so that a recent file does not hide the one that is named. */
const recentBonus = 40;

/** Where a file and a folder match alike, the file is meant. */
const fileBonus = 20;

const scores = { name: 500, nameStart: 400, nameInside: 300, path: 200, scattered: 100 } as const;

function matchScore(path: string, wanted: string): number | undefined {
  if (wanted === "") return 0;
  const name = path.lastIndexOf("/") + 1;
  const inName = path.indexOf(wanted, name);
  if (inName === name) {
    const rest = path.slice(name + wanted.length);
    return rest === "" || rest.startsWith(".") ? scores.name : scores.nameStart;
  }
  if (inName !== -1) return scores.nameInside;
  if (path.includes(wanted)) return scores.path;
  return isScattered(path, wanted) ? scores.scattered : undefined;
}

function isScattered(path: string, wanted: string): boolean {
  let from = 0;
  for (const letter of wanted) {
    const at = path.indexOf(letter, from);
    if (at === -1) return false;
    from = at + letter.length;
  }
  return true;
}

/** Keeps the list sorted and short: most of 50,000 entries do not beat its last one. */
function insert<Scored extends { readonly score: number }>(
  best: Scored[],
  next: Scored,
  limit: number,
): void {
  const last = best.at(-1);
  if (best.length >= limit && (last === undefined || last.score >= next.score)) return;
  const at = best.findIndex(({ score }) => score < next.score);
  best.splice(at === -1 ? best.length : at, 0, next);
  if (best.length > limit) best.pop();
}
