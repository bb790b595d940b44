import { RelativePattern, workspace } from "vscode";
import type { Uri } from "vscode";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import { renderExcerpt } from "../../core/context/codeExcerpt";
import type { FolderItem } from "../../core/context/contextItem";
import { outlineOf } from "../../core/context/outline";
import { sensitivityOf } from "../../core/context/sensitiveFile";
import { estimateText } from "../../core/tokens/estimateTokens";
import { succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import { readFile } from "./codeSources";
import type { ContextSource } from "./contextSource";
import { excludedFiles } from "./excludedFiles";
import type { Git } from "./git";
import { placeOf, refuse } from "./workspacePlace";
import type { WorkspacePlace } from "./workspacePlace";

/** How many files are looked at. */
const mostFiles = 2000;
const mostOutlined = 200;
/** Tokens of files in a folder: the free plan admits 8,000 a minute, question and answer included. */
const fileTokens = 3000;

/**
 * A folder's outline, and its files in the order of their names as far as there is room; a file that is too long for
 * the room left is skipped. Files whose name suggests secrets are left out, and so are files that Git ignores, unless it
 * ignores the folder itself, about which the user was then asked.
 */
export function folderSource(uri: Uri, git: Git): ContextSource {
  return {
    uri,
    followsSaves: true,
    async read() {
      const place = await placeOf(uri);
      return place.ok ? readFolder(place.value, git) : place;
    },
  };
}

async function readFolder({ uri, path }: WorkspacePlace, git: Git): Promise<Result<FolderItem>> {
  const pattern = new RelativePattern(uri, "**/*");
  const found = await workspace.findFiles(pattern, excludedFiles(uri), mostFiles);
  const base = uri.path.replace(/\/*$/, "/");
  const below = found
    .filter((file) => file.path.startsWith(base))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
  if (below.length === 0) return refuse(path, "empty");
  const outline = outlineOf(
    below.map((file) => file.path.slice(base.length)),
    mostOutlined,
  );
  const asked = await git.isIgnored(uri);
  const skips = async (file: Uri) => !asked && git.isIgnored(file);
  const files = await readWithin(below, skips);
  return succeed({
    kind: "folder",
    uri: uri.toString(),
    path,
    outline: outline.text,
    files,
    filesLeftOut: below.length - files.length,
  });
}

async function readWithin(
  uris: readonly Uri[],
  skips: (file: Uri) => Promise<boolean>,
): Promise<readonly CodeExcerpt[]> {
  const files: CodeExcerpt[] = [];
  let left = fileTokens;
  // The outline does not name more files than this either.
  for (const uri of uris.slice(0, mostOutlined)) {
    const excerpt = await readSmall(uri, left, skips);
    if (excerpt === undefined) continue;
    const tokens = estimateText(renderExcerpt(excerpt)).upper;
    if (tokens > left) continue;
    files.push(excerpt);
    left -= tokens;
  }
  return files;
}

/** Undefined for a file that cannot or should not be sent. */
async function readSmall(
  uri: Uri,
  tokens: number,
  skips: (file: Uri) => Promise<boolean>,
): Promise<CodeExcerpt | undefined> {
  if (sensitivityOf(uri.path) !== undefined) return undefined;
  const place = await placeOf(uri);
  // A token of code is seldom more than eight bytes.
  if (!place.ok || place.value.size > tokens * 8) return undefined;
  if (await skips(uri)) return undefined;
  const file = await readFile(place.value);
  if (!file.ok) return undefined;
  const { kind: _, ...excerpt } = file.value;
  return excerpt;
}
