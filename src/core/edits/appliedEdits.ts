import type { Result } from "../dispatch/failure";

/** A file as it was before an edit was applied, and as it was right after. */
export interface AppliedFile {
  /** For the editor. */
  readonly uri: string;
  readonly path: string;
  /** Null: there was no file. */
  readonly before: string | null;
  /** Null: there is no longer a file. */
  readonly after: string | null;
  /** Of a file that went: what was on disk, in base64, and how the editor read it. */
  readonly kept?: { readonly bytes: string; readonly encoding: string };
}

/** One edit as it was applied. */
export interface AppliedEdit {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly appliedAt: number;
  /** The addresses of the folders of the window that applied it. */
  readonly workspace: string;
  /** The answer that the edit was in. */
  readonly answerId: string;
  readonly files: readonly AppliedFile[];
}

/** Port: what was applied last, so that it can be taken back after saves and reloads. Never throws. */
export interface AppliedEdits {
  /** Keeps the edit in place of the oldest ones, or of its earlier form. */
  add(edit: AppliedEdit): Promise<Result<void>>;
  /** The newest of a workspace. */
  last(workspace: string): Promise<Result<AppliedEdit | undefined>>;
  remove(id: string): Promise<Result<void>>;
}
