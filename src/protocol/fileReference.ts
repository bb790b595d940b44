/** A place in the workspace as an answer names it: `src/a.ts`, `src/a.ts:12:5`, `src/a.ts#L12`. */
export interface FileReference {
  readonly path: string;
  /** One-based. */
  readonly line?: number;
  readonly column?: number;
}

const longestReference = 300;
const place = /^(.+?)(?::(\d{1,7})(?::(\d{1,5}))?(?:-\d+)?|#L(\d{1,7})(?:-L?\d+)?)?$/;
/** What may be a path at all: relative, and of ordinary characters. */
const relativePath = /^(?:\.\/)?[\p{L}\p{N}@._+~()[\]-]+(?:[/\\][\p{L}\p{N}@._+~()[\] -]+)*$/u;

/** Undefined for text that cannot name a file of the workspace. Whether the file exists is not checked here. */
export function readFileReference(text: string): FileReference | undefined {
  if (text.length > longestReference) return undefined;
  const [, path = "", colonLine, column, hashLine] = place.exec(text) ?? [];
  if (!relativePath.test(path) || !/[/\\]|\.[\p{L}\p{N}]+$/u.test(path)) return undefined;
  const line = colonLine ?? hashLine;
  return {
    path,
    ...(line !== undefined && { line: Number(line) }),
    ...(column !== undefined && { column: Number(column) }),
  };
}

/** Paths in running text: only with a folder and an extension, so that few other words are mistaken for one. */
export const pathsInText =
  /(?<![\w/\\.:@-])(?:[\w@.+-]+\/)+[\w@.+-]+\.[A-Za-z]\w*(?::\d{1,7}(?::\d{1,5})?|#L\d{1,7})?(?![\w/])/g;
