import { commands, Position, Uri } from "vscode";
import type { Range, TextDocument } from "vscode";
import type { RelatedItem } from "../../core/context/contextItem";
import type { Lines } from "../../core/context/codeExcerpt";
import { declarationHead } from "../../core/context/declarationHead";
import { usedNames } from "../../core/context/identifiers";
import type { UsedName } from "../../core/context/identifiers";
import { importsIn } from "../../core/context/importLines";
import { relatedItem, relatedRoom } from "../../core/context/relatedCode";
import type { RelatedCandidate } from "../../core/context/relatedCode";
import { sensitivityOf } from "../../core/context/sensitiveFile";
import type { TaskKind } from "../../core/dispatch/ledger";
import type { Git } from "../context/git";
import { documentOf } from "../context/textOf";
import { placeOf } from "../context/workspacePlace";
import { displayPath, linesOf } from "../editor/codeTarget";
import type { CodeTarget } from "../editor/codeTarget";
import { symbolsAround, symbolsOf } from "./documentSymbols";
import { withinTime } from "./withinTime";

/** How many names a language server is asked about: the most used ones. */
const mostNames = 24;

export interface RelatedRequest {
  readonly target: CodeTarget;
  readonly task: TaskKind;
  /** Lines of the target's document that are sent anyway. */
  readonly shown: Lines;
  readonly git: Git;
}

/**
 * What encloses the target and what it uses, as far as the language server answers before the signal: declarations in
 * this workspace, one step away, without their bodies. Nothing in a workspace that is not trusted.
 */
export async function readRelated(
  { target, task, shown, git }: RelatedRequest,
  signal: AbortSignal,
): Promise<RelatedItem | undefined> {
  const { document } = target;
  const lines = linesOf(document);
  const names = usedNames(lines, target, document.languageId);
  const candidates: RelatedCandidate[] = [];
  const keep = async (found: Promise<RelatedCandidate | undefined>) => {
    const candidate = await found;
    if (candidate !== undefined) candidates.push(candidate);
  };
  const asked = names.slice(0, mostNames).map((name) => definition(document, name, { shown, git }));
  // Later results are left out: the list is read when the time is over.
  await withinTime(Promise.all([enclosing(target, shown), ...asked].map(keep)), signal);
  const imports = importsIn(lines).filter(({ line }) => !isWithin(line, shown));
  const sources = {
    uri: document.uri.toString(),
    path: displayPath(document.uri),
    candidates: [...candidates],
    imports,
    names: new Set(names.map(({ name }) => name)),
  };
  const code = lines.slice(shown.startLine - 1, shown.endLine).join("\n");
  return relatedItem(sources, relatedRoom(task, code));
}

/** The function or class that the target is a part of. */
async function enclosing(
  { document, startLine }: CodeTarget,
  shown: Lines,
): Promise<RelatedCandidate | undefined> {
  const symbols = await symbolsOf(document.uri);
  const symbol = symbolsAround(symbols, new Position(startLine - 1, 0), document).findLast(
    ({ range }) => range.start.line + 1 < startLine,
  );
  if (symbol === undefined || isWithin(symbol.selectionRange.start.line + 1, shown))
    return undefined;
  return candidateAt(document, symbol.selectionRange, symbol.range, {
    name: symbol.name,
    uses: 0,
    encloses: true,
  });
}

async function definition(
  document: TextDocument,
  { name, line, character, uses }: UsedName,
  { shown, git }: { readonly shown: Lines; readonly git: Git },
): Promise<RelatedCandidate | undefined> {
  const found: unknown = await commands.executeCommand(
    "vscode.executeDefinitionProvider",
    document.uri,
    new Position(line, character),
  );
  const [place] = Array.isArray(found) ? found.flatMap((one) => readPlace(one) ?? []) : [];
  if (place === undefined) return undefined;
  const about = { name, uses, encloses: false };
  if (place.uri.toString() === document.uri.toString())
    return isWithin(place.range.start.line + 1, shown)
      ? undefined
      : candidateAt(document, place.range, place.whole, about);
  const other = await openForReading(place.uri, git);
  return other && candidateAt(other, place.range, place.whole, about);
}

/** Only a file of the workspace, with links resolved, that is neither ignored nor likely to hold secrets. */
async function openForReading(uri: Uri, git: Git): Promise<TextDocument | undefined> {
  if (sensitivityOf(uri.path) !== undefined) return undefined;
  const place = await placeOf(uri);
  if (!place.ok || place.value.isFolder || (await git.isIgnored(uri))) return undefined;
  const document = await documentOf(place.value);
  return document.ok ? document.value : undefined;
}

function candidateAt(
  document: TextDocument,
  named: Range,
  whole: Range,
  about: Pick<RelatedCandidate, "name" | "uses" | "encloses">,
): RelatedCandidate {
  // The range of the name alone does not say where the declaration ends.
  const end = whole.end.line > named.end.line ? whole.end.line + 1 : undefined;
  return {
    uri: document.uri.toString(),
    path: displayPath(document.uri),
    ...declarationHead(linesOf(document), named.start.line + 1, end),
    ...about,
  };
}

interface Place {
  readonly uri: Uri;
  /** Of the name. */
  readonly range: Range;
  /** Of the whole declaration, where it is known. */
  readonly whole: Range;
}

/** Reads a `Location` or a `LocationLink`; language servers give either. */
function readPlace(value: unknown): Place | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("targetUri" in value && "targetRange" in value) {
    const { targetUri: uri, targetRange: whole } = value;
    const named = "targetSelectionRange" in value ? value.targetSelectionRange : whole;
    const range = isRange(named) ? named : whole;
    return isUri(uri) && isRange(range) && isRange(whole) ? { uri, range, whole } : undefined;
  }
  if (!("uri" in value && "range" in value)) return undefined;
  const { uri, range } = value;
  return isUri(uri) && isRange(range) ? { uri, range, whole: range } : undefined;
}

function isUri(value: unknown): value is Uri {
  return value instanceof Uri;
}

function isRange(value: unknown): value is Range {
  return typeof value === "object" && value !== null && "start" in value && "end" in value;
}

function isWithin(line: number, { startLine, endLine }: Lines): boolean {
  return startLine <= line && line <= endLine;
}
