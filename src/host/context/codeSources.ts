import type { Uri } from "vscode";
import type { FileItem, SelectionItem } from "../../core/context/contextItem";
import { shiftLines } from "../../core/context/shiftLines";
import type { LineRange } from "../../core/context/shiftLines";
import { succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import { displayPath, excerptOf } from "../editor/codeTarget";
import type { CodeTarget } from "../editor/codeTarget";
import { openDocumentAt, openOrNone } from "../editor/openFiles";
import type { ContextSource } from "./contextSource";
import { documentOf, largestText } from "./textOf";
import { placeOf, refuse } from "./workspacePlace";
import type { WorkspacePlace } from "./workspacePlace";

/** Lines that the user selected; they are tracked while the document changes. */
export function selectionSource({ document, startLine, endLine }: CodeTarget): ContextSource {
  return linesSource(document.uri, { startLine: startLine - 1, endLine: endLine - 1 });
}

/** The same for zero-based lines of a document, which is opened if necessary. */
export function linesSource(uri: Uri, selected: LineRange): ContextSource {
  const path = displayPath(uri);
  let lines: LineRange | undefined = selected;
  return {
    uri,
    shift(change) {
      lines &&= shiftLines(lines, change);
    },
    async read() {
      const opened = openDocumentAt(uri) ?? (await openOrNone(uri));
      if (lines === undefined || opened === undefined) return refuse(path, "missing");
      const last = opened.lineCount - 1;
      return selectionItem({
        document: opened,
        startLine: Math.min(lines.startLine, last) + 1,
        endLine: Math.min(lines.endLine, last) + 1,
      });
    },
  };
}

export function selectionItem(target: CodeTarget): Result<SelectionItem> {
  const excerpt = excerptOf(target);
  if (excerpt.text.length > largestText) return refuse(excerpt.path, "tooLarge");
  if (excerpt.text.trim() === "") return refuse(excerpt.path, "empty");
  return succeed({ kind: "selection", ...excerpt });
}

/** A whole file of the workspace; each reading checks again that it lies inside. */
export function fileSource(uri: Uri): ContextSource {
  return {
    uri,
    async read() {
      const place = await placeOf(uri);
      return place.ok ? readFile(place.value) : place;
    },
  };
}

export async function readFile(place: WorkspacePlace): Promise<Result<FileItem>> {
  const document = await documentOf(place);
  if (!document.ok) return document;
  const text = document.value.getText().replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (text.trim() === "") return refuse(place.path, "empty");
  return succeed({
    kind: "file",
    uri: place.uri.toString(),
    path: place.path,
    languageId: document.value.languageId,
    startLine: 1,
    endLine: text.split("\n").length,
    text,
  });
}
