import { Range, window, workspace } from "vscode";
import type { NotebookDocument, Position, TextDocument, Uri } from "vscode";
import type { CodeExcerpt, Lines } from "../../core/context/codeExcerpt";
import { editWindow } from "../../core/context/editWindow";
import { paragraphAt } from "../../core/context/paragraph";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import { symbolsAround, symbolsOf } from "../code/documentSymbols";
import { withinTime } from "../code/withinTime";
import { largestText } from "../context/textOf";
import { refuse } from "../context/workspacePlace";
import { readGivenTarget } from "./givenTarget";
import { openOrNone } from "./openFiles";

/** The code that a command is about. */
export interface CodeTarget extends Lines {
  readonly document: TextDocument;
  /** The name of the function or class that was taken, if nothing was selected. */
  readonly symbol?: string;
}

/** How long a language server may take to report what surrounds the cursor. */
const patienceMs = 1000;

/**
 * `{uri, range}` as other extensions and tests pass it, or else the editor's selection. If that is empty, the function or
 * class around the cursor; if none is known, the lines up to the next empty ones.
 */
export async function resolveCodeTarget(
  argument: unknown,
  signal: AbortSignal = AbortSignal.timeout(patienceMs),
): Promise<Result<CodeTarget>> {
  const given = readGivenTarget(argument);
  if (!given.ok) return given;
  if (given.value !== undefined) {
    const { uri, range } = given.value;
    const document = await openOrNone(uri);
    if (document === undefined) return fail({ kind: "fileMissing", path: displayPath(uri) });
    return targetIn(document, range ?? selectionIn(document), signal);
  }
  const shown = shownCode();
  if (shown === undefined) return fail({ kind: "noEditor" });
  return targetIn(shown.document, shown.selection, signal);
}

/** The whole document if no editor shows it. */
function selectionIn(document: TextDocument): Range {
  const editor = window.visibleTextEditors.find((shown) => shown.document === document);
  return editor?.selection ?? new Range(0, 0, document.lineCount, 0);
}

/** The active editor's; the visible one's if a chat in a tab has the focus; a notebook's selected cell. */
function shownCode(): { readonly document: TextDocument; readonly selection: Range } | undefined {
  const [only, ...others] = window.visibleTextEditors;
  const editor = window.activeTextEditor ?? (others.length === 0 ? only : undefined);
  if (editor !== undefined) return editor;
  const notebook = window.activeNotebookEditor;
  const cell = notebook?.notebook.cellAt(notebook.selection.start);
  if (cell === undefined) return undefined;
  const { document } = cell;
  return { document, selection: new Range(0, 0, document.lineCount, 0) };
}

async function targetIn(
  document: TextDocument,
  selection: Range,
  signal: AbortSignal,
): Promise<Result<CodeTarget>> {
  const range = document.validateRange(selection);
  // Counting the tokens of more would only take long to say no.
  if (document.getText(range).length > largestText)
    return refuse(displayPath(document.uri), "tooLarge");
  const selected = wholeLines(document, range);
  if (selected.ok) return selected;
  const cursor = range.start;
  return (await symbolAt(document, cursor, signal)) ?? paragraph(document, cursor) ?? selected;
}

async function symbolAt(
  document: TextDocument,
  cursor: Position,
  signal: AbortSignal,
): Promise<Result<CodeTarget> | undefined> {
  const symbols = await withinTime(symbolsOf(document.uri), signal);
  const symbol = symbolsAround(symbols ?? [], cursor, document).at(-1);
  if (symbol === undefined) return undefined;
  const lines = wholeLines(document, symbol.range);
  return lines.ok ? succeed({ ...lines.value, symbol: symbol.name }) : undefined;
}

function paragraph(document: TextDocument, { line }: Position): Result<CodeTarget> | undefined {
  const found = paragraphAt(linesOf(document), line);
  return found && succeed({ document, startLine: found.first + 1, endLine: found.last + 1 });
}

export function linesOf(document: TextDocument): readonly string[] {
  return Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);
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
export function editExcerptOf(target: CodeTarget): CodeExcerpt {
  const { uri, languageId } = target.document;
  const about = { uri: uri.toString(), path: displayPath(uri), languageId };
  return editWindow({ ...about, lines: linesOf(target.document) }, target);
}

/**
 * Relative to the workspace, with the folder's name in front if there are several. For a document outside only the name:
 * its path on this machine is nobody else's business. A notebook's cells are told apart by their numbers.
 */
export function displayPath(uri: Uri): string {
  if (uri.scheme === cellScheme) {
    const notebook = notebookOf(uri);
    const cells = notebook?.getCells() ?? [];
    const number = cells.findIndex(({ document }) => isSame(document.uri, uri)) + 1;
    if (notebook !== undefined) return `${displayPath(notebook.uri)}#${number}`;
  }
  const inside = workspace.getWorkspaceFolder(uri) !== undefined;
  return inside ? workspace.asRelativePath(uri) : uri.path.slice(uri.path.lastIndexOf("/") + 1);
}

export const cellScheme = "vscode-notebook-cell";

/** The file that contains a document: for a notebook's cell, the notebook. */
export function fileOf(uri: Uri): Uri {
  return uri.scheme === cellScheme ? (notebookOf(uri)?.uri ?? uri) : uri;
}

function notebookOf(cell: Uri): NotebookDocument | undefined {
  return workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some(({ document }) => isSame(document.uri, cell)),
  );
}

function isSame(one: Uri, other: Uri): boolean {
  return one.toString() === other.toString();
}
