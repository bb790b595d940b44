import { isAbsolute } from "node:path";
import { Uri, workspace } from "vscode";
import * as z from "zod/mini";
import type { ExportFormat } from "../../core/chat/conversationFile";

/** A place as a command's caller may name it. */
export const placeSchema = z.union([z.string(), z.custom<Uri>((value) => value instanceof Uri)]);

/** The place that is meant: a path is relative to the first workspace folder if it is not absolute. */
export function placeOf(given: z.infer<typeof placeSchema>): Uri {
  if (typeof given !== "string") return given;
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(given)) return Uri.parse(given);
  const folder = workspace.workspaceFolders?.[0];
  return isAbsolute(given) || folder === undefined
    ? Uri.file(given)
    : Uri.joinPath(folder.uri, given);
}

/** By the file's extension; undefined for other extensions. */
export function formatOf({ path }: Uri): ExportFormat | undefined {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  if (ending === "json") return "json";
  return ending === "md" || ending === "markdown" ? "markdown" : undefined;
}

export const endings: Readonly<Record<ExportFormat, string>> = { markdown: "md", json: "json" };

/** A name that every file system accepts, e.g. `How do I sort a list.md`. */
export function fileNameFor(title: string, format: ExportFormat): string {
  const plain = title
    .replace(/[^\p{L}\p{N}\p{M} _-]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return `${plain === "" ? "conversation" : plain}.${endings[format]}`;
}
