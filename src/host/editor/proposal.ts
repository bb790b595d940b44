import { Uri, workspace } from "vscode";
import type { TextDocument } from "vscode";
import type { AnswerTurn } from "../../core/chat/conversation";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import { fail, succeed } from "../../core/dispatch/failure";
import type { PathRefusal, Result } from "../../core/dispatch/failure";
import { isAlreadyApplied } from "../../core/edits/alreadyApplied";
import { applyEdits } from "../../core/edits/applyEdits";
import type { Edit } from "../../core/edits/edit";
import { renderEdits } from "../../core/edits/repair";
import { parseEdits } from "../../core/edits/parseEdits";
import { refusePath, refuseSensitive } from "../../core/edits/pathGate";
import { displayPath } from "./codeTarget";
import { refusePlace } from "./filePlace";
import { placeNewFile } from "./newFile";

/** One file of a proposal; an existing one is bound to the version of the document that it was made from. */
export type ProposedFile = ProposedFileThere | ProposedNewFile;

export type ProposedFileThere = {
  readonly uri: Uri;
  readonly path: string;
  readonly version: number;
  readonly before: string;
} & (
  | { readonly kind: "change"; readonly after: string }
  | { readonly kind: "delete" }
  | {
      readonly kind: "move";
      readonly after: string;
      readonly to: { readonly uri: Uri; readonly path: string };
    }
);

export interface ProposedNewFile {
  readonly kind: "create";
  readonly uri: Uri;
  readonly path: string;
  readonly after: string;
}

/** Works out what an edit would change, against the files as they are when it is called. */
export type ProposeFiles = () => Promise<Result<readonly ProposedFile[]>>;

/**
 * Works out what an answer would change, against the documents as they are now. Only files that the user
 * offered with the question may change.
 */
export async function proposeFrom(
  answer: AnswerTurn,
  offered: readonly CodeExcerpt[],
): Promise<Result<readonly ProposedFile[]>> {
  if (answer.status.kind !== "complete" || answer.status.finishReason === "length")
    return fail({ kind: "answerIncomplete" });
  const [onlyPath, ...others] = new Set(offered.map((excerpt) => excerpt.path));
  return proposeText(answer.text, offered, others.length === 0 ? onlyPath : undefined);
}

/** The same for a part of an answer; `defaultPath` is the file that is meant if it names none. */
export async function proposeText(
  text: string,
  offered: readonly CodeExcerpt[],
  defaultPath: string | undefined,
): Promise<Result<readonly ProposedFile[]>> {
  const paths = offered.map((excerpt) => excerpt.path);
  const { edits, problems } = parseEdits(text, {
    knownPaths: paths,
    ...(defaultPath !== undefined && { defaultPath }),
  });
  if (problems.some((problem) => problem.kind === "no-edits")) return fail({ kind: "noEdit" });
  // No other answer would be better: this is not for a repair.
  const gits = problems.find(({ path = "" }) => refuseSensitive(path) === "git")?.path;
  if (gits !== undefined) return refuseFile(gits, "git", []);
  if (problems.length > 0) return fail({ kind: "editNotApplicable", problems });
  return proposeEdits(edits, offered);
}

/** The same for edits that are already parsed. */
export async function proposeEdits(
  edits: readonly Edit[],
  offered: readonly CodeExcerpt[],
): Promise<Result<readonly ProposedFile[]>> {
  const paths = offered.map((excerpt) => excerpt.path);
  const named = new Set(
    edits.flatMap((edit) => (edit.kind === "move" ? [edit.path, edit.to] : [edit.path])),
  );
  const made = newPaths(edits, paths);
  for (const path of named) {
    const reason = made.has(path) ? undefined : refusePath(path, paths);
    if (reason !== undefined) return refuseFile(path, reason, edits);
    if (isOfSeveral(path, offered)) return refuseFile(path, "ambiguous", edits);
  }
  const places = await placeAll(made);
  if (!places.ok) {
    const { failure } = places;
    return failure.kind === "fileNotAllowed"
      ? refuseFile(failure.path, failure.reason, edits)
      : places;
  }

  const documents = await openDocuments(offered.filter(({ path }) => named.has(path)));
  if (!documents.ok) return documents;
  for (const [path, { uri }] of documents.value) {
    const reason = await refusePlace(uri);
    if (reason !== undefined) return refuseFile(path, reason, edits);
  }
  const texts = new Map([...documents.value].map(([path, document]) => [path, document.getText()]));
  const applied = applyEdits(edits, texts);
  if (applied.problems.length > 0) {
    if (isAlreadyApplied(edits, texts)) return fail({ kind: "alreadyApplied" });
    return fail({ kind: "editNotApplicable", problems: applied.problems });
  }
  return collectFiles(applied.documents, documents.value, places.value, edits);
}

/** Only the user changes the editor's configuration: what was written for it can be copied. */
function refuseFile(path: string, reason: PathRefusal, edits: readonly Edit[]) {
  const own = edits.filter((edit) => edit.path === path);
  const whole = own.flatMap((edit) => ("content" in edit ? [edit.content] : []));
  const text = whole.length > 0 ? whole.join("\n") : renderEdits(own);
  const copy = reason === "editorConfiguration" && own.length > 0;
  return fail({ kind: "fileNotAllowed", path, reason, ...(copy && { text }) });
}

/** Two files have the same name: in folders of the same name, outside of the workspace. */
function isOfSeveral(path: string, offered: readonly CodeExcerpt[]): boolean {
  const same = offered.filter((excerpt) => excerpt.path === path);
  return new Set(same.map(({ uri }) => uri)).size > 1;
}

/** Paths that were not offered and at which a file would appear: created, written whole, or moved there. */
function newPaths(edits: readonly Edit[], offered: readonly string[]): ReadonlySet<string> {
  const targets = edits.flatMap((edit) => {
    if (edit.kind === "create" || edit.kind === "write") return [edit.path];
    if (edit.kind === "replace" && edit.search === "") return [edit.path];
    return edit.kind === "move" ? [edit.to] : [];
  });
  return new Set(targets.filter((path) => !offered.includes(path)));
}

async function placeAll(paths: ReadonlySet<string>): Promise<Result<ReadonlyMap<string, Uri>>> {
  const places = new Map<string, Uri>();
  for (const path of paths) {
    const place = await placeNewFile(path);
    if (!place.ok) return place;
    places.set(path, place.value);
  }
  return succeed(places);
}

/** Existing files were offered; others are new: created, or the target of a move. */
function collectFiles(
  results: ReadonlyMap<string, string | null>,
  documents: ReadonlyMap<string, TextDocument>,
  places: ReadonlyMap<string, Uri>,
  edits: readonly Edit[],
): Result<readonly ProposedFile[]> {
  const moves = new Map(
    edits.flatMap((edit) => (edit.kind === "move" ? [[edit.path, edit.to]] : [])),
  );
  const files: ProposedFile[] = [];
  const movedTo = new Set<string>();
  for (const [path, document] of documents) {
    const after = results.get(path);
    if (after === undefined) continue;
    const { uri, version } = document;
    const there = { uri, path, version, before: document.getText() };
    if (after !== null) {
      files.push({ kind: "change", ...there, after });
      continue;
    }
    const target = moves.get(path);
    const text = target === undefined ? null : results.get(target);
    const place = target === undefined ? undefined : places.get(target);
    if (target === undefined || place === undefined || typeof text !== "string") {
      files.push({ kind: "delete", ...there });
      continue;
    }
    movedTo.add(target);
    const to = { uri: place, path: displayPath(place) };
    files.push({ kind: "move", ...there, after: text, to });
  }
  for (const [path, uri] of places) {
    const after = results.get(path);
    if (typeof after === "string" && !movedTo.has(path))
      files.push({ kind: "create", uri, path: displayPath(uri), after });
  }
  return files.length === 0 ? fail({ kind: "noEdit" }) : succeed(files);
}

export async function openDocuments(
  offered: readonly CodeExcerpt[],
): Promise<Result<ReadonlyMap<string, TextDocument>>> {
  const documents = new Map<string, TextDocument>();
  for (const { path, uri } of offered) {
    try {
      documents.set(path, await workspace.openTextDocument(Uri.parse(uri)));
    } catch {
      return fail({ kind: "fileMissing", path });
    }
  }
  return succeed(documents);
}
