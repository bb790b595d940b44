import { commands, SymbolKind } from "vscode";
import type { DocumentSymbol, Position, Range, Uri } from "vscode";

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

/** The functions and classes around a line, the outermost first. */
export function symbolsAround(
  symbols: readonly DocumentSymbol[],
  cursor: Position,
): readonly DocumentSymbol[] {
  const around = symbols.find(({ range }) => holds(range, cursor));
  if (around === undefined) return [];
  const inner = symbolsAround(around.children, cursor);
  return wholes.has(around.kind) ? [around, ...inner] : inner;
}

function holds({ start, end }: Range, { line }: Position): boolean {
  return start.line <= line && line <= end.line;
}
