import type { CodeExcerpt } from "./codeExcerpt";

/** What is sent with a question. `renderContext` has the form in which the model reads each kind. */
export type ContextItem =
  | SelectionItem
  | FileItem
  | FolderItem
  | RelatedItem
  | ProblemsItem
  | GitDiffItem
  | TerminalItem
  | ImageItem
  | InstructionsItem;

export type ContextKind = ContextItem["kind"];

/** Lines that the user selected, or the function or class around the cursor. */
export interface SelectionItem extends CodeExcerpt {
  readonly kind: "selection";
  /** The name of the function or class that was taken because nothing was selected. */
  readonly symbol?: string;
}

/** A file from its first line. */
export interface FileItem extends CodeExcerpt {
  readonly kind: "file";
}

/** A folder's outline, with as many of its files as there was room for. */
export interface FolderItem {
  readonly kind: "folder";
  /** For the editor; never sent. */
  readonly uri: string;
  readonly path: string;
  /** Paths below the folder, one a line; folders end in `/`. */
  readonly outline: string;
  readonly files: readonly CodeExcerpt[];
  /** Entries of the folder that are only in the outline or, in a very large folder, not even there. */
  readonly filesLeftOut: number;
}

/** Code that encloses the selection or is used by it: enough to understand the selection, never to change it. */
export interface RelatedItem {
  readonly kind: "related";
  /** The most helpful first. */
  readonly parts: readonly RelatedCode[];
  readonly partsLeftOut: number;
}

/** A declaration without its body, or what a file imports. */
export interface RelatedCode {
  /** For the editor; never sent. */
  readonly uri: string;
  readonly path: string;
  /** One-based, of its first line of code. */
  readonly line: number;
  /** What is declared; undefined for imports. */
  readonly name?: string;
  readonly text: string;
}

export type ProblemSeverity = "error" | "warning" | "information" | "hint";

export interface CodeProblem {
  readonly severity: ProblemSeverity;
  readonly message: string;
  /** One-based. */
  readonly line: number;
  /** Who found it: `ts`, `eslint`. */
  readonly source?: string;
}

/** The problems that the editor reports for a document, or for some of its lines. */
export interface ProblemsItem {
  readonly kind: "problems";
  /** For the editor; never sent. */
  readonly uri: string;
  readonly path: string;
  readonly problems: readonly CodeProblem[];
  readonly problemsLeftOut: number;
}

export type DiffScope = "staged" | "workingTree";

/** A repository's changes as a unified diff. */
export interface GitDiffItem {
  readonly kind: "gitDiff";
  readonly scope: DiffScope;
  /** The repository's folder, by its name alone. */
  readonly repository: string;
  /** All changed files, even those that the text has no room for. */
  readonly files: readonly string[];
  readonly text: string;
  readonly linesLeftOut: number;
}

/** A command that ran in the terminal, with the end of its output. */
export interface TerminalItem {
  readonly kind: "terminal";
  readonly command: string;
  readonly output: string;
  /** Absent while it runs, or if the shell did not report one. */
  readonly exitCode?: number;
  /** From the beginning of the output. */
  readonly linesLeftOut: number;
}

export type ImageType = "image/png" | "image/jpeg" | "image/webp" | "image/gif";

export interface ImageItem {
  readonly kind: "image";
  readonly name: string;
  readonly mediaType: ImageType;
  /** Base64. */
  readonly data: string;
}

/** The user's own wishes for every answer, and the project's notes for assistants. */
export interface InstructionsItem {
  readonly kind: "instructions";
  /** The setting's text; empty where there is none. */
  readonly wishes: string;
  /** `AGENTS.md` and its like, from their first line. */
  readonly notes?: CodeExcerpt;
  /** True where the notes go on after what is sent of them. */
  readonly notesCut?: boolean;
}

/** Code of a file, whole or in part. */
export type CodeItem = SelectionItem | FileItem;

export function isCode(item: ContextItem): item is CodeItem {
  return item.kind === "selection" || item.kind === "file";
}

/** The code that an item shows, which an answer may change. */
export function excerptsOf(item: ContextItem): readonly CodeExcerpt[] {
  if (item.kind === "folder") return item.files;
  return isCode(item) ? [item] : [];
}

/** Two items with one key show the same thing, perhaps at different times. */
export function contextKey(item: ContextItem): string {
  switch (item.kind) {
    case "selection":
      return `selection ${item.uri} ${item.startLine}-${item.endLine}`;
    case "file":
    case "folder":
    case "problems":
      return `${item.kind} ${item.uri}`;
    case "gitDiff":
      return `gitDiff ${item.scope} ${item.repository}`;
    case "image":
      return `image ${item.name}`;
    case "related":
    case "terminal":
    case "instructions":
      return item.kind;
  }
}
