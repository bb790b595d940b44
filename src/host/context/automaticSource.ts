import { commands, SymbolKind, workspace } from "vscode";
import type { DocumentSymbol, Position, Range, TextDocument, TextEditor } from "vscode";
import { aroundCursor } from "../../core/context/aroundCursor";
import type { SelectionItem } from "../../core/context/contextItem";
import { sensitivityOf } from "../../core/context/sensitiveFile";
import { wholeLines } from "../editor/codeTarget";
import { selectionItem } from "./codeSources";
import type { Git } from "./git";
import { placeOf } from "./workspacePlace";

/** Tokens of what goes along although nobody selected it. */
const symbolTokens = 600;

/**
 * What the editor shows that the user is at: the selection, else the function or class around the cursor.
 * Undefined where that is nothing, or a file that is not shown unasked.
 */
export async function readAutomatic(
  editor: TextEditor | undefined,
  git: Git,
): Promise<SelectionItem | undefined> {
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  if (!(await mayGoUnasked(document, git))) return undefined;
  if (!selection.isEmpty) {
    const target = wholeLines(document, selection);
    const item = target.ok ? selectionItem(target.value) : undefined;
    if (item?.ok) return item.value;
  }
  return readSymbol(document, selection.active);
}

/** Of the workspace or not yet saved anywhere, and not of a kind that the user is asked about. */
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
  const symbol = innermost(await symbolsOf(document), cursor);
  if (symbol === undefined) return undefined;
  const target = wholeLines(document, symbol.range);
  const item = target.ok ? selectionItem(target.value) : undefined;
  if (!item?.ok) return undefined;
  return aroundCursor({ ...item.value, symbol: symbol.name }, cursor.line + 1, symbolTokens);
}

async function symbolsOf({ uri }: TextDocument): Promise<readonly DocumentSymbol[]> {
  try {
    const found: unknown = await commands.executeCommand(
      "vscode.executeDocumentSymbolProvider",
      uri,
    );
    return Array.isArray(found) ? found.filter(isDocumentSymbol) : [];
  } catch {
    return [];
  }
}

/** Some languages give a flat list without ranges of whole functions: it is of no use here. */
function isDocumentSymbol(value: unknown): value is DocumentSymbol {
  return typeof value === "object" && value !== null && "children" in value && "range" in value;
}

/** Kinds that stand for themselves; a variable or a property does not. */
const wholes: ReadonlySet<SymbolKind> = new Set([
  SymbolKind.Class,
  SymbolKind.Constructor,
  SymbolKind.Enum,
  SymbolKind.Function,
  SymbolKind.Interface,
  SymbolKind.Method,
  SymbolKind.Struct,
]);

function innermost(
  symbols: readonly DocumentSymbol[],
  cursor: Position,
): DocumentSymbol | undefined {
  for (const symbol of symbols) {
    if (!holds(symbol.range, cursor)) continue;
    return innermost(symbol.children, cursor) ?? (wholes.has(symbol.kind) ? symbol : undefined);
  }
  return undefined;
}

function holds({ start, end }: Range, { line }: Position): boolean {
  return start.line <= line && line <= end.line;
}
