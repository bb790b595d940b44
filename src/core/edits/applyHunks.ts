import { type DocumentLines, hasMixedEndings, parseDocument, usualEnding } from "./documentLines";
import type { EditProblem, PatchHunk } from "./edit";
import { isFragment } from "./fragment";
import { diffLines } from "./lineDiff";
import { createLineIndex } from "./lineIndex";
import { indentationOf, lineKey, unescapeTabs } from "./lineKeys";
import { findOmission } from "./omission";
import { type PlacedHunk, placeHunks } from "./placeHunks";
import { oldLines, type Splice, splicesOf } from "./placement";
import { createReindent, type IndentPair, type Reindent } from "./reindent";

export type Changed =
  | { readonly document: DocumentLines }
  | { readonly problems: readonly EditProblem[] };

/** Applies the hunks of one patch, all or none. The file keeps its own context lines and line endings. */
export function applyHunks(
  document: DocumentLines,
  path: string,
  hunks: readonly PatchHunk[],
): Changed {
  const texts = hunks.flatMap(({ lines }) => [
    lines.filter(({ kind }) => kind !== "remove").map(({ text }) => text),
    lines.filter(({ kind }) => kind === "remove").map(({ text }) => text),
  ]);
  const omission = omissionIn(texts, document.texts, path);
  if (omission !== undefined) return { problems: [omission] };
  const sought = hunks.flatMap((hunk) => oldLines(hunk).map(({ text }) => text));
  const { placed, problems } = placeHunks(createLineIndex(document, sought), path, hunks);
  if (problems.length > 0) return { problems };
  return applyPlaced(document, path, placed);
}

/** Applies hunks whose places are known. */
export function applyPlaced(
  document: DocumentLines,
  path: string,
  placed: readonly PlacedHunk[],
): Changed {
  const splices: Splice[] = [];
  for (const place of placed) {
    const { hunk, placement } = place;
    const wrongEndings = endingsProblem(document, place);
    if (wrongEndings !== undefined) return refused("not-found", path, `${path} ${wrongEndings}.`);
    const reindent = reindentFor(document, place);
    for (const splice of splicesOf(hunk, placement)) {
      const texts = splice.texts.map(reindent);
      const lost = texts.findIndex((text) => text === undefined);
      if (lost >= 0) return refused("not-found", path, indentMessage(path, splice.texts[lost]));
      splices.push({ ...splice, texts: texts.filter((text) => text !== undefined) });
    }
  }
  if (hasOverlap(placed, splices)) {
    return refused("overlap", path, `Two hunks for ${path} change the same lines.`);
  }
  const finalNewline = placed.findLast((place) => place.hunk.finalNewline)?.hunk.finalNewline;
  const changed = spliceLines(document, splices, finalNewline?.after);
  return sameText(document, changed)
    ? refused("no-change", path, `The edit leaves ${path} as it is.`)
    : { document: changed };
}

/** The document with the lines of a new text; lines that stay keep their endings, the file its last one. */
export function withNewText(document: DocumentLines, path: string, content: string): Changed {
  const next = parseDocument(content);
  const omission = omissionIn([next.texts], document.texts, path);
  if (omission !== undefined) return { problems: [omission] };
  if (isFragment(next.texts, document.texts)) {
    const message = `The text for ${path} is a piece of the file: write only the change, as a patch, or the whole file.`;
    return refused("omission", path, message);
  }
  if (document.texts.length === 0) {
    return next.texts.length === 0
      ? refused("no-change", path, `The edit leaves ${path} as it is.`)
      : { document: { ...next, byteOrderMark: document.byteOrderMark } };
  }
  const splices = diffLines(document.texts, next.texts)
    .filter((step) => step.kind === "change")
    .map(({ before, after }) => ({
      start: before.start,
      deleted: before.end - before.start,
      texts: next.texts.slice(after.start, after.end),
    }));
  if (splices.length === 0) {
    return refused("no-change", path, `The edit leaves ${path} as it is.`);
  }
  return { document: spliceLines(document, splices) };
}

function spliceLines(
  document: DocumentLines,
  splices: readonly Splice[],
  finalNewline = document.endings.at(-1) !== "",
): DocumentLines {
  const usual = usualEnding(document.endings);
  const texts: string[] = [];
  const endings: string[] = [];
  let next = 0;
  const copyTo = (end: number): void => {
    for (; next < end; next++) {
      texts.push(document.texts[next] ?? "");
      endings.push(document.endings[next] ?? "");
    }
  };
  for (const { start, deleted, texts: added } of inOrder(splices)) {
    copyTo(start);
    added.forEach((text, i) => {
      const model = deleted > 0 ? start + Math.min(i, deleted - 1) : start > 0 ? start - 1 : start;
      texts.push(text);
      endings.push(document.endings[model] ?? usual);
    });
    next = start + deleted;
  }
  copyTo(document.texts.length);
  endings.forEach((ending, i) => {
    const last = i === endings.length - 1;
    if (last && !finalNewline) endings[i] = "";
    else if (ending === "") endings[i] = usual;
  });
  return { byteOrderMark: document.byteOrderMark, texts, endings };
}

function inOrder(splices: readonly Splice[]): Splice[] {
  return splices.toSorted((a, b) => a.start - b.start || a.deleted - b.deleted);
}

/** Whether hunks get in each other's way: one removes or adds where another removes, adds or has context. */
function hasOverlap(placed: readonly PlacedHunk[], splices: readonly Splice[]): boolean {
  const ordered = inOrder(splices);
  const clash = ordered.some((splice, i) => {
    const before = ordered[i - 1];
    if (before === undefined) return false;
    const bothAdd = splice.deleted === 0 && before.deleted === 0;
    return (
      before.start + before.deleted > splice.start || (bothAdd && before.start === splice.start)
    );
  });
  if (clash || placed.length < 2) return clash;
  const removed = new Set<number>();
  for (const { start, deleted } of splices) {
    for (let line = start; line < start + deleted; line++) removed.add(line);
  }
  return placed.some(({ hunk, placement }) =>
    oldLines(hunk).some((line, i) => !line.removed && removed.has(placement.at[i] ?? -1)),
  );
}

function reindentFor(document: DocumentLines, { hunk, placement, level }: PlacedHunk): Reindent {
  if (level === "exact" || level === "trailing-space") return unescapeTabs;
  const pairs: IndentPair[] = [];
  oldLines(hunk).forEach((line, i) => {
    const text = document.texts[placement.at[i] ?? -1];
    // A line that differs in more than blanks may be another one, with an indentation of its own.
    const key = lineKey(line.text, "look-alikes");
    if (text === undefined || key === "" || lineKey(text, "look-alikes") !== key) return;
    const edit = indentationOf(unescapeTabs(line.text));
    const file = indentationOf(text);
    const lacksMark = hunk.unmarked !== true && !line.removed && file === ` ${edit}`;
    const adjoins = line.addsAbove || line.addsBelow;
    pairs.push({ edit: lacksMark ? file : edit, file, adjoins });
  });
  const added = hunk.lines.filter(({ kind }) => kind === "add").map(({ text }) => text);
  return createReindent(pairs, added);
}

/** What is wrong with the line endings that an edit is explicit about. */
function endingsProblem(
  document: DocumentLines,
  { hunk, placement }: PlacedHunk,
): string | undefined {
  const { finalNewline, carriageReturns } = hunk;
  const endsInNewline = document.texts.length > 0 && document.endings.at(-1) !== "";
  if (finalNewline !== undefined && finalNewline.before !== endsInNewline) {
    return endsInNewline
      ? "ends in a line ending, not as the diff says"
      : "ends without a line ending, not as the diff says";
  }
  if (carriageReturns !== true || !hasMixedEndings(document.endings)) return undefined;
  const agree = placement.at.every((line) => line < 0 || document.endings[line] === "\r\n");
  return agree ? undefined : "mixes line endings, and not all of these lines end in \\r\\n";
}

function sameText(a: DocumentLines, b: DocumentLines): boolean {
  return (
    a.texts.length === b.texts.length &&
    a.texts.every((text, i) => text === b.texts[i] && a.endings[i] === b.endings[i])
  );
}

/** The problem with texts of an edit that have lines in place of code left out. A line that the file has is fine. */
export function omissionIn(
  texts: readonly (readonly string[])[],
  fileLines: readonly string[],
  path: string,
): EditProblem | undefined {
  const fileHas = (text: string): boolean => fileLines.some((own) => own.trim() === text);
  const [line] = texts.flatMap((lines) => findOmission(lines, path, fileHas) ?? []);
  if (line === undefined) return undefined;
  const message = `"${line}" stands for text that was left out. Write every line of the change.`;
  return { kind: "omission", path, message };
}

function refused(kind: EditProblem["kind"], path: string, message: string): Changed {
  return { problems: [{ kind, path, message }] };
}

function indentMessage(path: string, line = ""): string {
  return `The edit's indentation does not fit ${path}: write ${JSON.stringify(line.trim())} and its neighbours with the file's own.`;
}
