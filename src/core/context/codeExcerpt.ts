/** A run of whole lines of a document, as it is shown to the user and sent to the model. */
export interface CodeExcerpt {
  /** Where the document is, for the editor; never sent. */
  readonly uri: string;
  /** Relative to its workspace folder; the document's name where there is none. */
  readonly path: string;
  readonly languageId: string;
  /** One-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

/** The excerpt's label: `src/a.ts:3-9`. */
export function excerptLabel(excerpt: CodeExcerpt): string {
  return `${excerpt.path}:${excerpt.startLine}-${excerpt.endLine}`;
}

/** The excerpt as the model reads it: a line that names it, then a fence that its text cannot close. */
export function renderExcerpt(excerpt: CodeExcerpt): string {
  const fence = fenceFor(excerpt.text);
  const heading = `File: ${onOneLine(excerpt.path)} (lines ${excerpt.startLine}-${excerpt.endLine})`;
  return `${heading}\n${fence}${onOneLine(excerpt.languageId)}\n${excerpt.text}\n${fence}`;
}

/** A file's name may hold line breaks, and a repository's author may have put a text of his own behind one. */
function onOneLine(name: string): string {
  return name.replace(/[\p{Cc}\u2028\u2029]/gu, "\ufffd");
}

/** A backtick fence longer than any run of backticks inside. */
function fenceFor(text: string): string {
  let longest = 2;
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  return "`".repeat(longest + 1);
}
