import type { Uri } from "vscode";

/** A file's name as the user knows it. */
export function shortName({ path }: Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
