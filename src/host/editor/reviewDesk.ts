import type { Uri } from "vscode";
import { risksOf } from "../../core/edits/editRisk";
import type { EditRisk } from "../../core/edits/editRisk";
import { hunksBetween } from "../../core/edits/hunks";
import { mergedView } from "../../core/edits/mergedView";
import type { MergedView } from "../../core/edits/mergedView";
import { openFile, outcomeOf } from "../../core/edits/reviewState";
import type { FileStep, HunkPlace, ReviewFiles } from "../../core/edits/reviewState";
import { hasHidden } from "../../protocol/hiddenCharacters";
import type { AcceptedFile } from "./applyFiles";
import { hasOtherNames, tellingPaths } from "./filePlace";
import type { ProposedFile } from "./proposal";

/** One file under review: what is proposed, how it is shown, and what could come of it. */
export interface DeskFile extends PlacedFile {
  readonly view: MergedView;
  /** Of the document that shows the view. */
  readonly uri: Uri;
  readonly risks: readonly EditRisk[];
}

/** An edit under review. `writing`: it still grows, and nothing can be decided on. */
export interface Desk {
  readonly answerId: string;
  readonly files: readonly DeskFile[];
  readonly decisions: ReviewFiles;
  readonly writing: boolean;
}

/** A proposed file with all of its paths: by name, and by location. */
export interface PlacedFile {
  readonly proposed: ProposedFile;
  readonly paths: readonly string[];
  readonly hasOtherNames: boolean;
}

export async function placeFiles(files: readonly ProposedFile[]): Promise<readonly PlacedFile[]> {
  return Promise.all(files.map(placeFile));
}

async function placeFile(proposed: ProposedFile): Promise<PlacedFile> {
  const isThere = proposed.kind === "change";
  return {
    proposed,
    paths: await pathsOf(proposed),
    // Only the name is gone when a file is deleted or moved.
    hasOtherNames: isThere && (await hasOtherNames(proposed.uri)),
  };
}

/** The first file that is not where it was when it was shown: a link on its way leads elsewhere, or it has a new name. */
export async function firstElsewhere(
  { files }: Desk,
  accepted: readonly AcceptedFile[],
): Promise<ProposedFile | undefined> {
  const now = await placeFiles(accepted.map(({ file }) => file));
  const moved = now.find((placed) => {
    const shown = files.find(({ proposed }) => proposed === placed.proposed);
    return (
      placed.hasOtherNames !== shown?.hasOtherNames ||
      placed.paths.some((path, at) => path !== shown.paths[at])
    );
  });
  return moved?.proposed;
}

async function pathsOf(file: ProposedFile): Promise<readonly string[]> {
  const own = [file.path, ...(await tellingPaths(file.uri))];
  return file.kind === "move" ? [...own, file.to.path, ...(await tellingPaths(file.to.uri))] : own;
}

/** Lays the files out; `show` puts a view into its document. */
export function layOut(
  answerId: string,
  placed: readonly PlacedFile[],
  options: {
    readonly writing: boolean;
    readonly show: (file: ProposedFile, text: string) => Uri;
  },
): Desk {
  const laidOut = placed.map((file) => layOutFile(file, options.show));
  return {
    answerId,
    writing: options.writing,
    files: laidOut.map(({ file }) => file),
    decisions: laidOut.map(({ decisions }) => decisions),
  };
}

/** The editor does not patch longer provided documents but replaces them whole, which takes long. In characters. */
const longestWhole = 100_000;
/** How many lines are shown around each change of a longer file. */
const linesAround = 20;

function layOutFile(placed: PlacedFile, show: (file: ProposedFile, text: string) => Uri) {
  const { proposed, paths } = placed;
  const step = stepOf(proposed);
  const [before, after] = [beforeOf(proposed), afterOf(proposed)];
  const hunks = hunksBetween(before, after);
  const named: readonly EditRisk[] = placed.hasOtherNames ? ["otherNames"] : [];
  const isHidden = hunks.some(({ added }) => added.some(hasHidden));
  const hidden: readonly EditRisk[] = isHidden ? ["hiddenCharacters"] : [];
  const risks = [...risksOf({ paths, before, after }), ...named, ...hidden];
  const { path } = proposed;
  const decisions = openFile({ path, step, before, hunks, guarded: risks.length > 0 });
  const around = before.length > longestWhole ? linesAround : undefined;
  const view = mergedView(before, decisions.hunks, around);
  return { file: { ...placed, view, uri: show(proposed, view.text), risks }, decisions };
}

function stepOf(file: ProposedFile): FileStep {
  return file.kind === "move" ? { kind: "move", to: file.to.path } : { kind: file.kind };
}

/** "" for a file that does not exist yet. */
export function beforeOf(file: ProposedFile): string {
  return file.kind === "create" ? "" : file.before;
}

/** "" for a file that is deleted. */
export function afterOf(file: ProposedFile): string {
  return file.kind === "delete" ? "" : file.after;
}

/** What is to be written, by the decisions so far. */
export function acceptedOf({ files, decisions }: Desk): readonly AcceptedFile[] {
  return files.flatMap(({ proposed }, index) => {
    const decided = decisions[index];
    const outcome = decided && outcomeOf(decided);
    return outcome === undefined || outcome.kind === "none" ? [] : [{ file: proposed, outcome }];
  });
}

/** A hunk's id, as commands take it: `answer/file/hunk`. */
export function hunkId({ answerId }: Desk, { file, hunk }: HunkPlace): string {
  return `${answerId}/${file}/${hunk}`;
}

/** One change of an edit under review. */
export interface ShownChange {
  /** As `acceptEdit` and `rejectEdit` take it. */
  readonly id: string;
  readonly path: string;
}

/** All changes of a review, decided or not, in order. */
export function changesOf(desk: Desk): readonly ShownChange[] {
  return desk.decisions.flatMap(({ path, hunks }, file) =>
    hunks.map((_change, hunk) => ({ id: hunkId(desk, { file, hunk }), path })),
  );
}

/** The place that an id means; undefined if it is not of this review. */
export function placeOf(desk: Desk, id: string): HunkPlace | undefined {
  const [, file, hunk] = /\/(\d+)\/(\d+)$/.exec(id) ?? [];
  const place = { file: Number(file), hunk: Number(hunk) };
  const exists = desk.decisions[place.file]?.hunks[place.hunk] !== undefined;
  return exists && hunkId(desk, place) === id ? place : undefined;
}

/** Another block of the same answer is another proposal; the same one again, or grown, keeps its tabs. */
export function isContinued(desk: Desk, answerId: string, files: readonly ProposedFile[]): boolean {
  const paths = new Set(files.map(({ path }) => path));
  return desk.answerId === answerId && desk.files.every(({ proposed }) => paths.has(proposed.path));
}

/** Whether it is the proposal under review, made from the same versions of the same files. */
export function isUnchanged(desk: Desk, answerId: string, files: readonly ProposedFile[]): boolean {
  return (
    desk.answerId === answerId &&
    !desk.writing &&
    desk.files.length === files.length &&
    desk.files.every(({ proposed }, at) => isSame(proposed, files[at]))
  );
}

function isSame(one: ProposedFile, other: ProposedFile | undefined): boolean {
  return (
    other !== undefined &&
    one.kind === other.kind &&
    String(one.uri) === String(other.uri) &&
    String(targetOf(one)) === String(targetOf(other)) &&
    versionOf(one) === versionOf(other) &&
    beforeOf(one) === beforeOf(other) &&
    afterOf(one) === afterOf(other)
  );
}

/** Where a file is moved to. */
export function targetOf(file: ProposedFile): Uri | undefined {
  return file.kind === "move" ? file.to.uri : undefined;
}

function versionOf(file: ProposedFile): number | undefined {
  return file.kind === "create" ? undefined : file.version;
}
