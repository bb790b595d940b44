import { Range, Uri, window, workspace } from "vscode";
import type { TextDocument } from "vscode";
import * as z from "zod/mini";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import { editWindow } from "../../core/context/editWindow";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";

/** The code that a command is about: whole lines of a document, one-based and inclusive. */
export interface CodeTarget {
  readonly document: TextDocument;
  readonly startLine: number;
  readonly endLine: number;
}

const position = z.object({ line: z.int(), character: z.int() });
const targetSchema = z.object({
  uri: z.union([z.string(), z.custom<Uri>((value) => value instanceof Uri)]),
  range: z.object({ start: position, end: position }),
});

/**
 * `{uri, range}` as other extensions and tests give it (a string or Uri, zero-based positions), else the
 * selection of the active editor.
 */
export async function resolveCodeTarget(argument: unknown): Promise<Result<CodeTarget>> {
  const given = targetSchema.safeParse(argument);
  if (given.success) {
    const uri = typeof given.data.uri === "string" ? Uri.parse(given.data.uri) : given.data.uri;
    const { start, end } = given.data.range;
    return targetIn(uri, new Range(start.line, start.character, end.line, end.character));
  }
  const editor = window.activeTextEditor;
  if (editor === undefined) return fail({ kind: "noEditor" });
  return wholeLines(editor.document, editor.selection);
}

async function targetIn(uri: Uri, range: Range): Promise<Result<CodeTarget>> {
  try {
    return wholeLines(await workspace.openTextDocument(uri), range);
  } catch {
    return fail({ kind: "fileMissing", path: displayPath(uri) });
  }
}

/** The lines that a range touches. */
export function wholeLines(document: TextDocument, selection: Range): Result<CodeTarget> {
  const range = document.validateRange(selection);
  if (document.getText(range).trim() === "") return fail({ kind: "emptySelection" });
  // A selection that ends at the start of a line does not mean that line.
  const last = range.end.character === 0 ? range.end.line - 1 : range.end.line;
  return succeed({ document, startLine: range.start.line + 1, endLine: last + 1 });
}

/** The target's own lines: enough to explain it. */
export function excerptOf({ document, startLine, endLine }: CodeTarget): CodeExcerpt {
  const end = document.lineAt(endLine - 1).range.end;
  return {
    uri: document.uri.toString(),
    path: displayPath(document.uri),
    languageId: document.languageId,
    startLine,
    endLine,
    text: document.getText(new Range(startLine - 1, 0, end.line, end.character)),
  };
}

/** The target with what an edit of it may touch. */
export function editExcerptOf({ document, startLine, endLine }: CodeTarget): CodeExcerpt {
  const lines = Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);
  return editWindow({
    uri: document.uri.toString(),
    path: displayPath(document.uri),
    languageId: document.languageId,
    lines,
    startLine,
    endLine,
  });
}

/**
 * Relative to the workspace, with the folder's name in front where there are several. A document outside
 * goes by its name alone: where it lies on this machine is nobody else's business.
 */
export function displayPath(uri: Uri): string {
  const inside = workspace.getWorkspaceFolder(uri) !== undefined;
  return inside ? workspace.asRelativePath(uri) : uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
