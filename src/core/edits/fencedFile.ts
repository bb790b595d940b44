import type { BlockReader, EditSink, OpenEdit } from "./blockReader";
import { resolvePath } from "./editPath";
import { announcesFile, knownPathInProse, pathInFenceInfo, pathOnLine } from "./pathMention";

/** A code fence: its mark, how many of them, and what follows on its first line. */
export interface Fence {
  readonly mark: string;
  readonly length: number;
  readonly info: string;
}

export function openingFence(line: string): Fence | undefined {
  const text = line.trim();
  const mark = text[0];
  if (mark !== "`" && mark !== "~") return undefined;
  let length = 0;
  while (text[length] === mark) length++;
  const info = text.slice(length);
  return length < 3 || info.includes("`") ? undefined : { mark, length, info };
}

export function closesFence(line: string, fence: Fence): boolean {
  const other = openingFence(line);
  return other?.mark === fence.mark && other.length >= fence.length && other.info === "";
}

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
  /** Lines so far, if they are only a path or a shell's `<<EOF` and so may introduce another block. */
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
      const other = openingFence(line);
      if (other?.mark === fence.mark && other.length >= fence.length) {
        if (other.info !== "") inner++;
        else if (inner > 0) inner--;
        else {
          finish();
          return "last";
        }
      }
      lines.push(line);
      preambleOnly &&=
        line.trim() === "" || line.includes("<<") || pathOnLine(line, sink.hint) !== undefined;
      return "taken";
    },
    end() {
      if (named.source !== "stated") return;
      const message = "A code block has no end: the answer was cut off.";
      sink.refuse({ kind: "truncated", message, ...(named.path && { path: named.path }) });
    },
  };
}

function pathAround(
  fence: Fence,
  lineAbove: string,
  { hint }: EditSink,
): Pick<FencedText, "path" | "source"> {
  const stated = pathInFenceInfo(fence.info, hint) ?? pathOnLine(lineAbove, hint);
  if (stated !== undefined) return { path: stated, source: "stated" };
  const implied = announcesFile(lineAbove) ? knownPathInProse(lineAbove, hint) : undefined;
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
