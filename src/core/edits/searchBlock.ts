import type { BlockReader, EditSink, OpenEdit } from "./blockReader";
import { pathOnLine } from "./pathMention";
import { patchFromReplacement } from "./replacementPatch";

/** Whether a line opens a search block: `<<<<<<< SEARCH` or `------- SEARCH`, also with a path behind it. */
export function opensSearchBlock(line: string): boolean {
  return searchMarkers.some(
    ({ mark, name }) =>
      isMarker(line, mark, name) || pathAfterMarker(line, mark, name) !== undefined,
  );
}

/** The path behind the mark that opens a search block, where models sometimes put it. */
export function pathOnSearchMarker(line: string): string | undefined {
  const [path] = searchMarkers.flatMap(({ mark, name }) => pathAfterMarker(line, mark, name) ?? []);
  return path;
}

/** Whether a line ends a search block, and so is out of place anywhere else. */
export function closesSearchBlock(line: string): boolean {
  return (
    isMarker(line, ">", "REPLACE") ||
    isMarker(line, ">", "UPDATED") ||
    isMarker(line, "+", "REPLACE")
  );
}

/**
 * Reads a search block after its first line, `opening`. `path` is where it goes, `undefined` if the answer names no
 * file.
 */
export function createSearchReader(
  opening: string,
  path: string | undefined,
  sink: EditSink,
): BlockReader {
  const lines: string[] = [];

  function refuse(kind: "malformed" | "truncated" | "no-path", message: string): void {
    sink.refuse({ kind, message, ...(path !== undefined && { path }) });
  }

  function finish(): void {
    const { body, startLine } = withoutLineHint(lines);
    const separator = findSeparator(body, runLength(opening, opening[0] ?? ""));
    if (separator === undefined) {
      refuse("malformed", "A search block needs exactly one line of ======= before its REPLACE.");
    } else if (body.slice(separator).some(isLineHint)) {
      refuse("malformed", "A line number belongs right below SEARCH, not into the replacement.");
    } else if (path === undefined) {
      refuse("no-path", "A search block does not say which file it is for.");
    } else {
      const search = asText(body.slice(0, separator));
      const replacement = asText(body.slice(separator + 1));
      if (startLine === undefined || search === "") {
        sink.add({ kind: "replace", path, search, replacement });
      } else {
        const { lines: patchLines } = patchFromReplacement(search, replacement);
        const hunk = { lines: patchLines, oldStart: startLine, unmarked: true };
        sink.add({ kind: "patch", path, hunks: [hunk] });
      }
    }
  }

  return {
    holdsFences: true,
    get open(): OpenEdit {
      return {
        format: "search",
        lineCount: lines.length + 1,
        ...(path !== undefined && { path }),
      };
    },
    read(line) {
      if (closesSearchBlock(line)) {
        finish();
        return "last";
      }
      if (opensSearchBlock(line)) {
        refuse("malformed", "A search block starts before the one above it has ended.");
        lines.length = 0;
      } else lines.push(line);
      return "taken";
    },
    end() {
      refuse("truncated", "A search block has no REPLACE mark: the answer was cut off.");
    },
  };
}

const searchMarkers = [
  { mark: "<", name: "SEARCH" },
  { mark: "<", name: "ORIGINAL" },
  { mark: "-", name: "SEARCH" },
];

/** A run of at least three marks, one blank and a name. */
function isMarker(line: string, mark: string, name: string): boolean {
  return textAfterMarker(line, mark, name)?.trim() === "";
}

function pathAfterMarker(line: string, mark: string, name: string): string | undefined {
  const text = textAfterMarker(line, mark, name);
  return text?.startsWith(" ") === true ? pathOnLine(text, {}) : undefined;
}

function textAfterMarker(line: string, mark: string, name: string): string | undefined {
  if (!line.startsWith(mark)) return undefined;
  const width = runLength(line, mark);
  const text = line.slice(width + 1);
  const named = text.slice(0, name.length).toUpperCase() === name;
  const fits = width >= 3 && line[width] === " " && named;
  return fits ? text.slice(name.length) : undefined;
}

function runLength(line: string, mark: string): number {
  let width = 0;
  while (line[width] === mark) width++;
  return width;
}

/** The one line of `=`; a file's own such lines (a heading's underline) are told apart by the width of the other marks. */
function findSeparator(lines: readonly string[], width: number): number | undefined {
  const candidates: number[] = [];
  lines.forEach((line, index) => {
    if (line.length >= 5 && runLength(line, "=") === line.length) candidates.push(index);
  });
  const asWide = candidates.filter((index) => lines[index]?.length === width);
  if (asWide.length === 1) return asWide[0];
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Takes `:start_line:12`, `:end_line:20` and the dashes below them off the top. */
function withoutLineHint(lines: readonly string[]): {
  body: readonly string[];
  startLine?: number;
} {
  let top = 0;
  let startLine: number | undefined;
  for (; top < lines.length; top++) {
    const hint = lineHint.exec(lines[top]?.trim() ?? "");
    if (hint === null) break;
    if (hint[1] === "start") startLine = Number(hint[2]);
  }
  if (startLine === undefined) return { body: lines };
  const dashes = lines[top] ?? "";
  if (dashes.length >= 5 && runLength(dashes, "-") === dashes.length) top++;
  return { body: lines.slice(top), startLine };
}

const lineHint = /^:(start|end)_line:\s?\[?(\d{1,9})\]?$/;

function isLineHint(line: string): boolean {
  return lineHint.test(line.trim());
}

function asText(lines: readonly string[]): string {
  return lines.map((line) => `${withoutEscape(line)}\n`).join("");
}

/** A backslash in front of a mark (`\=======`) says that the mark is the file's own text. */
function withoutEscape(line: string): string {
  return /^\\(?:<{5}|={5}|>{5}|-{5}|:(?:start|end)_line:)/.test(line) ? line.slice(1) : line;
}
