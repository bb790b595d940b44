import { applyHunks, applyPlaced, type Changed, omissionIn } from "./applyHunks";
import {
  type DocumentLines,
  formatDocument,
  hasMixedEndings,
  parseDocument,
  usualEnding,
  withEndings,
} from "./documentLines";
import type { EditProblem, PatchHunk, ReplaceEdit } from "./edit";
import { findRuns } from "./lineIndex";
import { plainCharacters } from "./lineKeys";
import { withoutLineNumbers } from "./lineNumbers";
import { describeAmbiguity } from "./missReport";
import { oldLines } from "./placement";
import { patchFromReplacement } from "./replacementPatch";

/**
 * Applies a search and replacement. The search may be part of a line where it stands exactly so; what differs
 * in blanks or more is matched by whole lines only.
 */
export function applyReplacement(document: DocumentLines, edit: ReplaceEdit): Changed {
  const { path, search, replacement } = edit;
  if (search === "") return fillEmptyFile(document, edit);
  if (withEndings(search, "\n") === withEndings(replacement, "\n")) {
    return refused("no-change", path, `The replacement for ${path} changes nothing.`);
  }
  const omission = omissionIn([textLines(search), textLines(replacement)], document.texts, path);
  if (omission !== undefined) return { problems: [omission] };
  const places = findText(document.texts, search, true);
  const [place] = places;
  if (place === undefined) return applyLoosely(document, edit);
  if (edit.all === true) return replaceAll(document, edit);
  if (places.length === 1) return replaceAt(document, edit, place);
  return ambiguous(path, places);
}

/** Where a text starts: 0-based line, and column in UTF-16 units. */
interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** More places than this are not told apart. */
const maxPlaces = 20;

function fillEmptyFile(document: DocumentLines, { path, replacement }: ReplaceEdit): Changed {
  if (document.texts.length > 0) {
    return refused("no-anchor", path, `The search text for ${path} is empty, the file is not.`);
  }
  if (replacement === "") return refused("no-change", path, `The edit leaves ${path} empty.`);
  const { texts, endings } = parseDocument(replacement);
  return { document: { byteOrderMark: document.byteOrderMark, texts, endings } };
}

/** Every place of a text. One that ends in a line ending is whole lines, and starts where a line does if told so. */
function findText(texts: readonly string[], search: string, atLineStart: boolean): TextPlace[] {
  const parts = textLines(search);
  const [first = ""] = parts;
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return findInLines(texts, first);
  const wholeLines = last === "";
  const middle = parts.slice(1, -1);
  const starts = middle.length > 0 ? findRuns(texts, middle).map((line) => line - 1) : texts.keys();
  const places: TextPlace[] = [];
  for (const line of starts) {
    const text = texts[line];
    const end = line + parts.length - 1;
    // Past the last line there is still its (missing) line ending to match.
    const endText = end === texts.length && wholeLines ? "" : texts[end];
    if (text === undefined || endText === undefined || !endText.startsWith(last)) continue;
    if (wholeLines && atLineStart ? text === first : text.endsWith(first)) {
      places.push({ line, column: text.length - first.length });
    }
  }
  return places;
}

function textLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

function findInLines(texts: readonly string[], search: string): TextPlace[] {
  const places: TextPlace[] = [];
  texts.forEach((text, line) => {
    for (let column = text.indexOf(search); column >= 0 && places.length < maxPlaces;) {
      places.push({ line, column });
      column = text.indexOf(search, column + 1);
    }
  });
  return places;
}

function replaceAt(document: DocumentLines, edit: ReplaceEdit, place: TextPlace): Changed {
  const { patch, searchEnds, replacementEnds } = asHunk(edit);
  const size = oldLines(patch).length;
  const reachesEnd =
    place.column === 0 &&
    document.texts[place.line + size - 1] === textLines(edit.search).at(-1) &&
    edit.replacement !== "";
  const isWholeLines = searchEnds
    ? replacementEnds || edit.replacement === ""
    : reachesEnd && !replacementEnds;
  if (!isWholeLines) return spliceText(document, edit.search, edit.replacement, place);
  const at = Array.from({ length: size }, (_, i) => place.line + i);
  const placement = { at, start: place.line };
  return applyPlaced(document, edit.path, [{ hunk: patch, level: "exact", placement }]);
}

/** Puts a text in the place of another, both taken literally but for the line endings. */
function spliceText(
  document: DocumentLines,
  search: string,
  replacement: string,
  { line, column }: TextPlace,
): Changed {
  const parts = textLines(search);
  const end = line + parts.length - 1;
  const head = (document.texts[line] ?? "").slice(0, column);
  const endColumn = (parts.length === 1 ? column : 0) + (parts.at(-1) ?? "").length;
  const tail = (document.texts[end] ?? "").slice(endColumn);
  const middle = textLines(head + replacement + tail);
  const ownEnding = document.endings[line] || usualEnding(document.endings);
  const endings = middle.map((_, i) =>
    i < middle.length - 1 ? ownEnding : (document.endings[end] ?? ""),
  );
  return {
    document: {
      byteOrderMark: document.byteOrderMark,
      texts: [...document.texts.slice(0, line), ...middle, ...document.texts.slice(end + 1)],
      endings: [...document.endings.slice(0, line), ...endings, ...document.endings.slice(end + 1)],
    },
  };
}

function replaceAll(document: DocumentLines, { search, replacement }: ReplaceEdit): Changed {
  const mixed = hasMixedEndings(document.endings);
  const usual = usualEnding(document.endings);
  const fit = (text: string): string => (mixed ? text : withEndings(text, usual));
  const { byteOrderMark } = document;
  const text = formatDocument({ ...document, byteOrderMark: false });
  const changed = text.split(fit(search)).join(fit(replacement));
  return { document: { ...parseDocument(changed), byteOrderMark } };
}

/** Whole lines that differ in blanks, look-alikes or slips; failing that, from within a line, also in look-alikes. */
function applyLoosely(document: DocumentLines, edit: ReplaceEdit): Changed {
  const { path, search, replacement } = edit;
  const loose = applyHunks(document, path, [asHunk(edit).patch]);
  if (!("problems" in loose) || loose.problems.some(({ kind }) => kind !== "not-found"))
    return loose;
  for (const form of [(text: string) => text, plainCharacters]) {
    const places = findText(document.texts.map(form), form(search), false);
    const [place, other] = places;
    if (other !== undefined) return ambiguous(path, places);
    if (place !== undefined) return spliceText(document, search, replacement, place);
  }
  const plain = withoutLineNumbers(edit);
  return plain === undefined ? loose : applyHunks(document, path, [asHunk(plain).patch]);
}

function ambiguous(path: string, places: readonly TextPlace[]): Changed {
  const starts = places.map(({ line }) => line);
  return { problems: [describeAmbiguity(path, starts)] };
}

function asHunk({ search, replacement }: ReplaceEdit) {
  const { lines, searchEnds, replacementEnds } = patchFromReplacement(search, replacement);
  const carriageReturns = search.includes("\r\n") && !/(^|[^\r])\n/.test(search);
  const patch: PatchHunk = { lines, unmarked: true, ...(carriageReturns && { carriageReturns }) };
  return { patch, searchEnds, replacementEnds };
}

function refused(kind: EditProblem["kind"], path: string, message: string): Changed {
  return { problems: [{ kind, path, message }] };
}
