import { EndOfLine, languages, Position, Range, window, workspace } from "vscode";
import type { TextDocument, TextEditor, Uri } from "vscode";
import type { AnswerTurn } from "../../core/chat/conversation";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import { parseEdits } from "../../core/edits/parseEdits";
import { splitBlocks } from "../../protocol/answerBlocks";
import type { CodeBlock } from "../../protocol/answerBlocks";
import { displayPath } from "./codeTarget";
import { refusePlace, refuseReadOnly } from "./filePlace";
import { proposeText } from "./proposal";
import type { ProposedFile } from "./proposal";
import { findWorkspaceFiles } from "./workspaceFile";

/** A code block of an answer, and the words above it, which may say what file it is for. */
export interface AnswerCode extends CodeBlock {
  /** From the end of the previous block to its own end. */
  readonly withWords: string;
}

/** The block with this number on the page; undefined for text, and while the block is still growing. */
export function findCode({ text, status }: AnswerTurn, number: number): AnswerCode | undefined {
  const blocks = splitBlocks(text);
  const block = blocks[number];
  if (block?.kind !== "code") return undefined;
  const ended = status.kind === "complete" || status.kind === "failed";
  if (!block.closed && !ended) return undefined;
  const before = blocks.slice(0, number).findLast(({ kind }) => kind === "code");
  const start = before?.kind === "code" ? before.end : 0;
  return { ...block, withWords: text.slice(start, block.end) };
}

/** What a block may change: what was offered, the file in the editor, and the files of the workspace that it names. */
export async function filesForCode(
  { withWords }: AnswerCode,
  offered: readonly CodeExcerpt[],
  editor: TextEditor | undefined,
): Promise<readonly CodeExcerpt[]> {
  const known = editor === undefined ? offered : [...offered, wholeDocument(editor.document)];
  const { edits } = parseEdits(withWords, { knownPaths: known.map(({ path }) => path) });
  const named = await Promise.all(edits.map(({ path }) => workspaceFiles(path)));
  return [...known, ...named.flat()];
}

/**
 * What a block would change: the files that it names, or else the editor's selection or cursor position. Nothing is
 * written; the review shows it first.
 */
export async function proposeCode(
  code: AnswerCode,
  files: readonly CodeExcerpt[],
  editor: TextEditor | undefined,
): Promise<Result<readonly ProposedFile[]>> {
  const defaultPath = editor && displayPath(editor.document.uri);
  const { problems } = parseEdits(code.withWords, {
    knownPaths: files.map(({ path }) => path),
    ...(defaultPath !== undefined && { defaultPath }),
  });
  const unnamed = problems.some(({ kind }) => kind === "no-edits" || kind === "no-path");
  if (unnamed) {
    if (!code.closed) return fail({ kind: "answerIncomplete" });
    return editor === undefined ? fail({ kind: "noEditor" }) : proposeAtCursor(code.code, editor);
  }
  return proposeText(code.withWords, files, defaultPath);
}

/** A file that the answer names may be changed if it is in the workspace: the user sees the diff. */
async function workspaceFiles(path: string): Promise<CodeExcerpt[]> {
  return (await findWorkspaceFiles(path)).map((uri) => namedFile(uri, path));
}

function wholeDocument({ uri }: TextDocument): CodeExcerpt {
  return namedFile(uri, displayPath(uri));
}

/** Only its location matters here; its text is read when the edit is worked out. */
function namedFile(uri: Uri, path: string): CodeExcerpt {
  return { uri: uri.toString(), path, languageId: "", startLine: 1, endLine: 1, text: "" };
}

async function proposeAtCursor(
  code: string,
  { document, selection }: TextEditor,
): Promise<Result<readonly ProposedFile[]>> {
  const path = displayPath(document.uri);
  const reason = await refusePlace(document.uri);
  if (reason !== undefined) return fail({ kind: "fileNotAllowed", path, reason });
  const before = document.getText();
  const { range, text } = replacementAt(code, document, selection);
  const after =
    before.slice(0, document.offsetAt(range.start)) +
    text +
    before.slice(document.offsetAt(range.end));
  if (after === before) return fail({ kind: "noEdit" });
  return succeed([
    { kind: "change", uri: document.uri, path, version: document.version, before, after },
  ]);
}

/** Replaces the selection; without one, the cursor's line if that is blank, or else it is added below that line. */
function replacementAt(
  code: string,
  document: TextDocument,
  selection: Range,
): { readonly range: Range; readonly text: string } {
  const newline = newlineOf(document);
  const text = code.replace(/\r?\n/g, newline);
  if (!selection.isEmpty) {
    const wholeLines = selection.start.character === 0 && selection.end.character === 0;
    return { range: selection, text: wholeLines ? text + newline : text };
  }
  const line = document.lineAt(selection.start.line);
  if (line.isEmptyOrWhitespace) return { range: line.range, text };
  const end = line.range.end.character;
  const below = new Range(selection.start.line, end, selection.start.line, end);
  return { range: below, text: newline + text };
}

/** Inserts exactly the code that is shown at the cursor; a selection is kept. Undone in one step. */
export async function insertAtCursor(
  code: string,
  editor: TextEditor | undefined,
): Promise<Result<void>> {
  if (editor === undefined) return fail({ kind: "noEditor" });
  if (!workspace.isTrusted) return fail({ kind: "untrustedWorkspace" });
  const { document, selection, viewColumn } = editor;
  const path = displayPath(document.uri);
  const reason = await refusePlace(document.uri);
  if (reason !== undefined) return fail({ kind: "fileNotAllowed", path, reason });
  const readOnly = document.isUntitled ? undefined : await refuseReadOnly(document.uri, path);
  if (readOnly !== undefined) return fail(readOnly);
  const text = code.replace(/\r?\n/g, newlineOf(document));
  const at = new Position(selection.active.line, selection.active.character);
  const inserted = await editor.edit((edit) => edit.insert(at, text));
  if (!inserted) return fail({ kind: "applyRefused", path });
  await window.showTextDocument(document, viewColumn);
  return succeed(undefined);
}

/** A new, unsaved document with the code; nothing is written to disk. */
export async function openAsNewFile({ language, code }: CodeBlock): Promise<void> {
  const id = languageIds.get(language.toLowerCase()) ?? language.toLowerCase();
  const known = (await languages.getLanguages()).includes(id);
  const content = code.endsWith("\n") ? code : `${code}\n`;
  const document = await workspace.openTextDocument({ content, ...(known && { language: id }) });
  await window.showTextDocument(document);
}

/** Names that models write after a fence, for languages to which the editor gives another id. */
const languageIds = new Map([
  ["bash", "shellscript"],
  ["c++", "cpp"],
  ["console", "shellscript"],
  ["cs", "csharp"],
  ["docker", "dockerfile"],
  ["golang", "go"],
  ["js", "javascript"],
  ["jsx", "javascriptreact"],
  ["md", "markdown"],
  ["ps1", "powershell"],
  ["py", "python"],
  ["rb", "ruby"],
  ["rs", "rust"],
  ["sh", "shellscript"],
  ["shell", "shellscript"],
  ["ts", "typescript"],
  ["tsx", "typescriptreact"],
  ["yml", "yaml"],
  ["zsh", "shellscript"],
]);

function newlineOf({ eol }: TextDocument): string {
  return eol === EndOfLine.CRLF ? "\r\n" : "\n";
}
