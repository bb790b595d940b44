import { workspace } from "vscode";
import type { Position, Range, TextDocument, TextEditor } from "vscode";
import { aroundCursor } from "../../core/context/aroundCursor";
import type { SelectionItem } from "../../core/context/contextItem";
import { sensitivityOf } from "../../core/context/sensitiveFile";
import { symbolsAround, symbolsOf } from "../code/documentSymbols";
import { wholeLines } from "../editor/codeTarget";
import { selectionItem } from "./codeSources";
import type { Git } from "./git";
import { placeOf } from "./workspacePlace";

/** The most tokens that are sent without having been selected. */
const symbolTokens = 600;

/**
 * The code that the user is at: the selection, else the function or class around the cursor. Undefined if there is
 * none, or if the file must not be sent unasked.
 */
export async function readAutomatic(
  editor: TextEditor | undefined,
  git: Git,
): Promise<SelectionItem | undefined> {
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  if (!(await mayGoUnasked(document, git))) return undefined;
  const selected = selection.isEmpty ? undefined : itemAt(document, selection);
  return selected ?? readSymbol(document, selection.active);
}

function itemAt(document: TextDocument, range: Range): SelectionItem | undefined {
  const target = wholeLines(document, range);
  const item = target.ok ? selectionItem(target.value) : target;
  return item.ok ? item.value : undefined;
}

/** Only files of the workspace, or not yet saved anywhere, and none of a kind that the user would be asked about. */
async function mayGoUnasked(document: TextDocument, git: Git): Promise<boolean> {
  const { uri } = document;
  if (document.isUntitled) return true;
  if (workspace.getWorkspaceFolder(uri) === undefined) return false;
  if (sensitivityOf(uri.path) !== undefined) return false;
  const place = await placeOf(uri);
  return place.ok && !(await git.isIgnored(uri));
}

async function readSymbol(
  document: TextDocument,
  cursor: Position,
): Promise<SelectionItem | undefined> {
  const symbol = symbolsAround(await symbolsOf(document.uri), cursor, document).at(-1);
  const item = symbol && itemAt(document, symbol.range);
  return item && aroundCursor({ ...item, symbol: symbol.name }, cursor.line + 1, symbolTokens);
}
