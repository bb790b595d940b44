/** "" for a file at the root. Paths have `/` between their parts. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** A file's name without its folder and its last ending. */
export function stemOf(path: string): string {
  return nameOf(path).replace(/\.[^.]+$/, "");
}

/** What follows the last dot. */
export function endingOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Of parts any of which may be "". */
export function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("/");
}
