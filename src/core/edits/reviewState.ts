import type { Hunk } from "./hunks";
import { withHunks } from "./hunks";

export type Decision = "accepted" | "rejected";

/** What becomes of a file as such. */
export type FileStep =
  | { readonly kind: "change" }
  | { readonly kind: "create" }
  | { readonly kind: "delete" }
  | { readonly kind: "move"; readonly to: string };

/** One change to decide on: lines of the file, or the file as such (`ofFile`). */
export interface ReviewHunk extends Hunk {
  readonly state: "open" | Decision;
  /** It creates, deletes or moves the file. */
  readonly ofFile: boolean;
}

export interface ReviewFile {
  readonly path: string;
  readonly step: FileStep;
  /** What is there: "" where the file is new. */
  readonly before: string;
  /** In the order of the file; a move comes first. */
  readonly hunks: readonly ReviewHunk[];
  /** It is accepted by itself only, never along with others. */
  readonly guarded: boolean;
}

/** The files of one edit with what the user has decided so far. Never changed, only replaced. */
export type ReviewFiles = readonly ReviewFile[];

/** A hunk by the position of its file and its own position in that. */
export interface HunkPlace {
  readonly file: number;
  readonly hunk: number;
}

/** What is to become of a file once the user has decided. */
export type FileOutcome =
  | { readonly kind: "none" }
  | { readonly kind: "change"; readonly text: string }
  | { readonly kind: "create"; readonly text: string }
  | { readonly kind: "delete" }
  | { readonly kind: "move"; readonly to: string; readonly text: string };

/** A file with everything still to decide. `hunks` lead from `before` to what is proposed, "" for a file that goes. */
export function openFile(file: {
  readonly path: string;
  readonly step: FileStep;
  readonly before: string;
  readonly hunks: readonly Hunk[];
  readonly guarded: boolean;
}): ReviewFile {
  return { ...file, hunks: hunksOf(file.step, file.hunks) };
}

function hunksOf(step: FileStep, lines: readonly Hunk[]): readonly ReviewHunk[] {
  switch (step.kind) {
    case "change":
      return lines.map((hunk) => open(hunk, false));
    case "create":
    case "delete":
      // A file that is empty, before or after, has no lines to decide on.
      return [open(lines[0] ?? nothing, true)];
    case "move":
      return [open(nothing, true), ...lines.map((hunk) => open(hunk, false))];
  }
}

function open(hunk: Hunk, ofFile: boolean): ReviewHunk {
  return { ...hunk, ofFile, state: "open" };
}

const nothing: Hunk = {
  before: { start: 0, end: 0 },
  after: { start: 0, end: 0 },
  removed: [],
  added: [],
};

/** Decides on one hunk, also when that was decided otherwise before. */
export function decideHunk(files: ReviewFiles, place: HunkPlace, decision: Decision): ReviewFiles {
  return decideWhere(files, decision, (at) => at.file === place.file && at.hunk === place.hunk);
}

/** Accepts what is still open of a file, or rejects all of it, also what was accepted. */
export function decideFile(files: ReviewFiles, file: number, decision: Decision): ReviewFiles {
  return decideWhere(
    files,
    decision,
    (at, { state }) => at.file === file && (decision === "rejected" || state === "open"),
  );
}

/** The same for all files; guarded ones stay as they are when the others are accepted. */
export function decideAll(files: ReviewFiles, decision: Decision): ReviewFiles {
  return decideWhere(files, decision, ({ file }, { state }) =>
    decision === "rejected" ? true : state === "open" && files[file]?.guarded === false,
  );
}

function decideWhere(
  files: ReviewFiles,
  decision: Decision,
  isMeant: (place: HunkPlace, hunk: ReviewHunk) => boolean,
): ReviewFiles {
  return files.map((file, fileIndex) => ({
    ...file,
    hunks: file.hunks.map((hunk, hunkIndex) =>
      isMeant({ file: fileIndex, hunk: hunkIndex }, hunk) ? { ...hunk, state: decision } : hunk,
    ),
  }));
}

/** What was decided on each hunk of each file, to be kept. */
export function statesOf(files: ReviewFiles): readonly ReviewHunk["state"][][] {
  return files.map(({ hunks }) => hunks.map(({ state }) => state));
}

/** The files with what was kept of them; undefined where it is of other hunks. */
export function withStates(
  files: ReviewFiles,
  states: readonly (readonly ReviewHunk["state"][])[],
): ReviewFiles | undefined {
  const fits = files.every(({ hunks }, file) => hunks.length === states[file]?.length);
  if (!fits || files.length !== states.length) return undefined;
  return files.map((file, fileIndex) => ({
    ...file,
    hunks: file.hunks.map((hunk, at) => ({
      ...hunk,
      state: states[fileIndex]?.[at] ?? hunk.state,
    })),
  }));
}

/** What is still to decide, in the order of files and lines. */
export function openPlaces(files: ReviewFiles): readonly HunkPlace[] {
  return files.flatMap(({ hunks }, file) =>
    hunks.flatMap(({ state }, hunk) => (state === "open" ? [{ file, hunk }] : [])),
  );
}

/** How many of the changes were accepted, of how many. */
export function countAccepted(files: ReviewFiles): {
  readonly changes: number;
  readonly of: number;
} {
  const hunks = files.flatMap((file) => file.hunks);
  return { changes: hunks.filter(({ state }) => state === "accepted").length, of: hunks.length };
}

/** The file with its accepted hunks and no other. */
export function outcomeOf({ step, before, hunks }: ReviewFile): FileOutcome {
  const accepted = hunks.filter(({ state }) => state === "accepted");
  const text = withHunks(before, accepted);
  const asFile = accepted.some(({ ofFile }) => ofFile);
  switch (step.kind) {
    case "create":
      return asFile ? { kind: "create", text } : { kind: "none" };
    case "delete":
      return asFile ? { kind: "delete" } : { kind: "none" };
    case "move":
      if (asFile) return { kind: "move", to: step.to, text };
      return accepted.length === 0 ? { kind: "none" } : { kind: "change", text };
    case "change":
      return accepted.length === 0 ? { kind: "none" } : { kind: "change", text };
  }
}
