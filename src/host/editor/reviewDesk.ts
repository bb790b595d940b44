import type { Uri } from "vscode";
import { risksOf } from "../../core/edits/editRisk";
import type { EditRisk } from "../../core/edits/editRisk";
import { mergedView } from "../../core/edits/mergedView";
import type { MergedView } from "../../core/edits/mergedView";
import { openFile, outcomeOf } from "../../core/edits/reviewState";
import type { FileStep, HunkPlace, ReviewFiles } from "../../core/edits/reviewState";
import type { AcceptedFile } from "./applyFiles";
import type { ProposedFile } from "./proposal";

/** One file under review: what is proposed, how it is shown, and what could come of it. */
export interface DeskFile {
  readonly proposed: ProposedFile;
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

/** Lays the files out; `show` puts a view into its document. */
export function layOut(
  answerId: string,
  proposed: readonly ProposedFile[],
  options: {
    readonly writing: boolean;
    readonly show: (file: ProposedFile, text: string) => Uri;
  },
): Desk {
  const laidOut = proposed.map((file) => layOutFile(file, options.show));
  return {
    answerId,
    writing: options.writing,
    files: laidOut.map(({ file }) => file),
    decisions: laidOut.map(({ decisions }) => decisions),
  };
}

function layOutFile(proposed: ProposedFile, show: (file: ProposedFile, text: string) => Uri) {
  const step = stepOf(proposed);
  const before = beforeOf(proposed);
  const after = afterOf(proposed);
  const paths = step.kind === "move" ? [proposed.path, step.to] : [proposed.path];
  const risks = risksOf({ paths, before, after });
  const decisions = openFile({
    path: proposed.path,
    step,
    before,
    after,
    guarded: risks.length > 0,
  });
  const view = mergedView(before, decisions.hunks);
  return { file: { proposed, view, uri: show(proposed, view.text), risks }, decisions };
}

function stepOf(file: ProposedFile): FileStep {
  return file.kind === "move" ? { kind: "move", to: file.to.path } : { kind: file.kind };
}

/** "" for a file that is not there yet. */
export function beforeOf(file: ProposedFile): string {
  return file.kind === "create" ? "" : file.before;
}

/** "" for a file that goes. */
export function afterOf(file: ProposedFile): string {
  return file.kind === "delete" ? "" : file.after;
}

/** What is to be written, by what was decided so far. */
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

/** The place that an id means; undefined where it is none of this review. */
export function placeOf(desk: Desk, id: string): HunkPlace | undefined {
  const [, file, hunk] = /\/(\d+)\/(\d+)$/.exec(id) ?? [];
  const place = { file: Number(file), hunk: Number(hunk) };
  const exists = desk.decisions[place.file]?.hunks[place.hunk] !== undefined;
  return exists && hunkId(desk, place) === id ? place : undefined;
}
