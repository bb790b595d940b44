/** One change a model asked for. Paths are relative to the workspace, with `/` between the parts. */
export type Edit =
  | ReplaceEdit
  | PatchEdit
  | { readonly kind: "create"; readonly path: string; readonly content: string }
  | { readonly kind: "write"; readonly path: string; readonly content: string }
  | DeleteEdit
  | { readonly kind: "move"; readonly path: string; readonly to: string };

/** Text to find and its replacement, both literal. `all` replaces every exact occurrence. */
export interface ReplaceEdit {
  readonly kind: "replace";
  readonly path: string;
  readonly search: string;
  readonly replacement: string;
  readonly all?: boolean;
}

/** `lines` is what the answer says the file consists of: one that has others is not deleted. */
export interface DeleteEdit {
  readonly kind: "delete";
  readonly path: string;
  readonly lines?: readonly string[];
}

/** Hunks of one file, as a rule in the order of the file. */
export interface PatchEdit {
  readonly kind: "patch";
  readonly path: string;
  readonly hunks: readonly PatchHunk[];
}

/** A line of a patch, without its marker and line ending. */
export interface PatchLine {
  readonly kind: "context" | "remove" | "add";
  readonly text: string;
}

/** A run of lines to find and change, and what the patch says of the place. */
export interface PatchHunk {
  readonly lines: readonly PatchLine[];
  /** Lines that stand before the hunk (`@@ class A`), outermost first. All must be found. */
  readonly headers?: readonly string[];
  /** 1-based line where the hunk starts, often wrong. A hunk that only adds goes in after this line. */
  readonly oldStart?: number;
  /** The patch says that the hunk reaches the end of the file. */
  readonly atEnd?: boolean;
  /** The lines come without marks, so that their indentation is all their own. */
  readonly unmarked?: boolean;
  /** The edit's lines end in `\r\n`, which counts in a file that mixes line endings. */
  readonly carriageReturns?: boolean;
  /** Whether the file ends in a line ending before and after, where the patch says so. */
  readonly finalNewline?: { readonly before: boolean; readonly after: boolean };
}

export type EditProblemKind =
  | "no-edits"
  | "malformed"
  | "truncated"
  | "no-path"
  | "bad-path"
  | "missing-file"
  | "file-exists"
  | "not-found"
  | "header-not-found"
  | "ambiguous"
  | "no-anchor"
  | "no-change"
  | "omission"
  | "overlap";

/** Why an edit was refused. `message` is one short paragraph that a model can repair the edit from. */
export interface EditProblem {
  readonly kind: EditProblemKind;
  readonly path?: string;
  readonly message: string;
  /** 1-based lines of the file that the message speaks of. */
  readonly lines?: readonly number[];
}
