import { commands, Range, SymbolKind } from "vscode";
import type { DocumentSymbol, Position, TextDocument, Uri } from "vscode";

/** The symbols that a language server finds in a document; empty if it gives nothing useful. */
export async function symbolsOf(uri: Uri): Promise<readonly DocumentSymbol[]> {
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

/** Some languages give a flat list without the ranges of whole functions, which is of no use here. */
function isDocumentSymbol(value: unknown): value is DocumentSymbol {
  return typeof value === "object" && value !== null && "children" in value && "range" in value;
}

/** Kinds that make sense by themselves, unlike a variable or a property. */
const wholes: ReadonlySet<SymbolKind> = new Set([
  SymbolKind.Class,
  SymbolKind.Constructor,
  SymbolKind.Enum,
  SymbolKind.Function,
  SymbolKind.Interface,
  SymbolKind.Method,
  SymbolKind.Struct,
]);

/** Kinds of what may have a function for its value. */
const values: ReadonlySet<SymbolKind> = new Set([
  SymbolKind.Constant,
  SymbolKind.Field,
  SymbolKind.Property,
  SymbolKind.Variable,
]);

/** The functions and classes around a line, the outermost first. */
export function symbolsAround(
  symbols: readonly DocumentSymbol[],
  cursor: Position,
  document: TextDocument,
): readonly DocumentSymbol[] {
  const around = symbols.find(({ range }) => holds(range, cursor));
  if (around === undefined) return [];
  const inner = symbolsAround(around.children, cursor, document);
  const isWhole = wholes.has(around.kind) || isFunction(around, document);
  return isWhole ? [around, ...inner] : inner;
}

/** `const add = (a, b) => …`, as JavaScript and TypeScript name many functions. */
function isFunction(
  { kind, range, selectionRange }: DocumentSymbol,
  document: TextDocument,
): boolean {
  if (!values.has(kind)) return false;
  const [from, to] = [selectionRange.end, range.end];
  const value = document.getText(new Range(from.line, from.character, to.line, to.character));
  return functionValue.test(value.slice(0, longestHead));
}

/** What follows a name that a function is given to, up to its arrow. */
const functionValue =
  /^[^=({]*[=:]\s*(?:async\s+)?(?:function\b|(?:<[^>]*>\s*)?\([^)]*\)\s*(?::[^={]+)?=>|[\w$]+\s*=>)/;
const longestHead = 400;

function holds({ start, end }: Range, { line }: Position): boolean {
  return start.line <= line && line <= end.line;
}
