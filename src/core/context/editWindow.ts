import type { CodeExcerpt, Lines } from "./codeExcerpt";

/** A file up to this length is sent whole with an edit, so that the model can change each use of a name. */
const wholeFileLines = 150;
/** Lines on each side of the selection that are sent in a longer file. */
const surroundingLines = 10;

/** The part of a document that an edit of the selection may change, and the model therefore sees. */
export function editWindow(
  document: Pick<CodeExcerpt, "uri" | "path" | "languageId"> & {
    readonly lines: readonly string[];
  },
  { startLine, endLine }: Lines,
): CodeExcerpt {
  const { uri, path, languageId, lines } = document;
  const whole = lines.length <= wholeFileLines;
  const first = whole ? 1 : Math.max(1, startLine - surroundingLines);
  const last = whole ? lines.length : Math.min(lines.length, endLine + surroundingLines);
  return {
    uri,
    path,
    languageId,
    startLine: first,
    endLine: last,
    text: lines.slice(first - 1, last).join("\n"),
  };
}
