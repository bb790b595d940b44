/** What is known about the files an answer may speak of. */
export interface EditHint {
  /** The file meant where the answer names none. */
  readonly defaultPath?: string;
  /** Files that exist, relative to the workspace. */
  readonly knownPaths?: readonly string[];
}

/**
 * The path in its plain form (`src/a.ts`), or `undefined` where it leaves the workspace, is absolute,
 * reaches into `.git` or is no path at all.
 */
export function normalizePath(raw: string): string | undefined {
  const path = raw.trim().replaceAll("\\", "/");
  if (path === "" || isAbsolute(path) || path.includes("://") || hasControlCharacter(path)) {
    return undefined;
  }
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  if (parts.length === 0 || parts.some((part) => part.toLowerCase() === ".git")) return undefined;
  return parts.join("/");
}

/**
 * The workspace path that an answer means. An existing file is also found under an absolute path, under a
 * diff's `a/`, in another letter case and by its last parts, when exactly one known file fits. `undefined`: refused.
 */
export function resolvePath(
  raw: string,
  hint: EditHint,
  expected: "existing" | "any",
): string | undefined {
  const known = hint.knownPaths ?? [];
  const text = raw.trim().replaceAll("\\", "/");
  if (text.endsWith("/")) return undefined;
  const names = [text, text.replace(shownLines, "")];
  const same = known.find(
    (path) => names.includes(path) || names.includes(path.replaceAll("\\", "/")),
  );
  if (same !== undefined) return same;
  const path = normalizePath(text);
  if (path !== undefined) {
    if (known.includes(path)) return path;
    for (const prefix of ["a/", "b/", "path/to/"]) {
      const rest = path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
      if (rest !== undefined && known.includes(rest)) return rest;
    }
    if (expected === "any") return path;
  }
  if (hasParentStep(text)) return path;
  const fitting = known.filter(
    (candidate) => isTail(candidate, text) || (path !== undefined && isTail(path, candidate)),
  );
  if (fitting.length === 1) return fitting[0];
  const letters = path?.replace(shownLines, "").toLowerCase();
  const alike = known.filter((candidate) => candidate.toLowerCase() === letters);
  return alike.length === 1 ? alike[0] : path;
}

/** The lines behind a path, as a model is shown them: `a.ts (lines 1-20)`. */
const shownLines = / \(lines? \d+(?:[-\u2013]\d+)?\)$|:\d+(?:-\d+)?$/;

function isAbsolute(path: string): boolean {
  return path.startsWith("/") || path.startsWith("~") || /^[A-Za-z]:/.test(path);
}

function hasParentStep(path: string): boolean {
  return path.split("/").includes("..");
}

function isTail(tail: string, path: string): boolean {
  return path.endsWith(`/${tail.startsWith("/") ? tail.slice(1) : tail}`);
}

function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
