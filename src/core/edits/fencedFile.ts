import type { BlockReader, EditSink, OpenEdit } from "./blockReader";
import { type EditHint, resolvePath } from "./editPath";
import { announcedFile, pathInFenceInfo, pathOnLine } from "./pathMention";

/** A code fence: its mark, how many of them, what follows on its first line, and how far it is indented. */
export interface Fence {
  readonly mark: string;
  readonly length: number;
  readonly info: string;
  readonly indent: number;
}

export function openingFence(line: string): Fence | undefined {
  const text = line.trim();
  const mark = text[0];
  if (mark !== "`" && mark !== "~") return undefined;
  let length = 0;
  while (text[length] === mark) length++;
  const info = text.slice(length);
  const indent = line.length - line.trimStart().length;
  return length < 3 || info.includes("`") ? undefined : { mark, length, info, indent };
}

/** The language in a fence's info string, in small letters: ` ```ts src/a.ts`, ` ```ts:src/a.ts`. */
export function languageOf({ info }: Fence): string {
  return info.trim().toLowerCase().split(/[\s:]/)[0] ?? "";
}

export const diffLanguages: ReadonlySet<string> = new Set(["diff", "patch", "udiff"]);

/** Whether a line ends a fence; `deepest` is how far it may be indented, as in a diff ` ``` ` is a file's own text. */
export function closesFence(line: string, fence: Fence, deepest: number): boolean {
  const other = fenceWithin(line, fence);
  return other?.info === "" && other.indent <= deepest;
}

/** A line in a fence without the blanks that only indent the fence itself, as in a list. */
export function withoutFenceIndent(line: string, { indent }: Fence): string {
  const own = Math.min(indent, line.length - line.trimStart().length);
  return line.slice(own);
}

/** The fence that a line within another one opens or closes. */
function fenceWithin(line: string, fence: Fence): Fence | undefined {
  const other = openingFence(line);
  return other?.mark === fence.mark && other.length >= fence.length ? other : undefined;
}

/** What Markdown allows in front of a closing fence. */
export const deepestEnd = 3;

/** The text in a fence, and the file it may be the whole of. */
export interface FencedText {
  readonly fence: Fence;
  readonly path: string | undefined;
  /** "stated": the path stands alone beside the fence. "implied": a sentence announces the file. */
  readonly source: "stated" | "implied" | "none";
  readonly lines: readonly string[];
}

/** A fence whose text may be a whole file, or may turn out to hold another block. */
export interface FenceReader extends BlockReader {
  /** Lines so far, if they may only introduce another block. */
  preamble(): readonly string[] | undefined;
}

/** Reads a fence after its first line. `lineAbove` is the last one before it that is not blank. */
export function createFenceReader(
  fence: Fence,
  lineAbove: string,
  sink: EditSink,
  done: (text: FencedText) => void,
): FenceReader {
  const lines: string[] = [];
  let inner = 0;
  let preambleOnly = true;
  const isDiff = diffLanguages.has(languageOf(fence));
  const named = pathAround(fence, lineAbove, sink);

  function finish(): void {
    if (named.source === "stated") done({ fence, ...named, lines });
    else {
      const comment = pathInFirstComment(lines, sink);
      if (comment === undefined) done({ fence, ...named, lines });
      else done({ fence, path: comment, source: "stated", lines: lines.slice(1) });
    }
  }

  return {
    holdsFences: true,
    get open(): OpenEdit {
      const { path } = named;
      return { format: "file", lineCount: lines.length, ...(path !== undefined && { path }) };
    },
    preamble: () => (preambleOnly ? lines : undefined),
    read(line) {
      const other = fenceWithin(line, fence);
      if (other !== undefined && other.info !== "") inner++;
      else if (other !== undefined && inner > 0) inner--;
      else if (other !== undefined && other.indent <= deepestEnd) {
        finish();
        return "last";
      }
      lines.push(line);
      preambleOnly &&= isDiff ? !isDiffLine(line) : mayIntroduce(line, sink.hint);
      return "taken";
    },
    end() {
      if (named.source !== "stated") return;
      const message = "A code block has no end: the answer was cut off.";
      sink.refuse({ kind: "truncated", message, ...(named.path && { path: named.path }) });
    },
  };
}

/** A blank line, a path, a shell's `<<EOF`, the call that a patch is the text of, or the rule above a diff. */
function mayIntroduce(line: string, hint: EditHint): boolean {
  if (line.trim() === "" || /<<|apply_patch|^={5,}$/.test(line)) return true;
  return pathOnLine(line, hint) !== undefined;
}

/** In a fence of a diff all else may stand above its header: a mail's, a commit's. */
function isDiffLine(line: string): boolean {
  return /^[+-]/.test(line) && line !== "---";
}

function pathAround(
  fence: Fence,
  lineAbove: string,
  { hint }: EditSink,
): Pick<FencedText, "path" | "source"> {
  const stated = pathInFenceInfo(fence.info, hint) ?? pathOnLine(lineAbove, hint);
  if (stated !== undefined) return { path: stated, source: "stated" };
  const implied = announcedFile(lineAbove, hint);
  return { path: implied, source: implied === undefined ? "none" : "implied" };
}

/** A first line like `// src/a.ts`, which models put there to name the file. */
function pathInFirstComment(lines: readonly string[], { hint }: EditSink): string | undefined {
  const first = lines[0]?.trim() ?? "";
  if (!/^(?:\/\/|#|--|<!--|\/\*|;)\s/.test(first)) return undefined;
  const path = pathOnLine(first, hint);
  if (path === undefined) return undefined;
  const resolved = resolvePath(path, hint, "any");
  const known = resolved !== undefined && (hint.knownPaths?.includes(resolved) ?? false);
  return known || path.includes("/") || /\b(?:file|path)/i.test(first) ? path : undefined;
}
