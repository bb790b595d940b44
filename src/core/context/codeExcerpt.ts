import { fenced, onOneLine } from "./fence";

/** Whole lines of a document, one-based and inclusive. */
export interface Lines {
  readonly startLine: number;
  readonly endLine: number;
}

/** A run of whole lines of a document, as it is shown to the user and sent to the model. */
export interface CodeExcerpt extends Lines {
  /** Where the document is, for the editor; never sent. */
  readonly uri: string;
  /** Relative to its workspace folder; the document's name where there is none. */
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
}

/** The excerpt's label: `src/a.ts:3-9`. */
export function excerptLabel(excerpt: CodeExcerpt): string {
  return `${excerpt.path}:${excerpt.startLine}-${excerpt.endLine}`;
}

/** The excerpt as the model reads it: a line that names it, then a fence that its text cannot close. */
export function renderExcerpt(excerpt: CodeExcerpt): string {
  const { path, languageId, startLine, endLine, text } = excerpt;
  return `File: ${onOneLine(path)} (lines ${startLine}-${endLine})\n${fenced(text, languageId)}`;
}
