import { memo } from "preact/compat";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { showHidden } from "../text/hiddenCharacters";
import { createColorer, knownColors } from "./colorCode";
import type { Colorer, ColoredCode } from "./colorCode";
import type { CodeRun } from "./highlighter";

/** Lines that are laid out together: a growing block costs only the layout of its last piece. */
const linesPerPiece = 32;

/** Code with its colours once they are known; plain until then. */
export function CodeText({
  language,
  code,
  whole,
}: {
  readonly language: string;
  readonly code: string;
  readonly whole: boolean;
}) {
  const [seen, setSeen] = useState<ColoredCode | undefined>(() => knownColors(language, code));
  const colorer = useRef<Colorer | undefined>(undefined);
  useLayoutEffect(() => {
    const created = createColorer(setSeen);
    colorer.current = created;
    return () => created.stop();
  }, []);
  useLayoutEffect(() => {
    if (knownColors(language, code) !== undefined) return;
    colorer.current?.follow(language, code, whole);
  }, [language, code, whole]);

  const colored = seen !== undefined && code.startsWith(seen.code) ? seen : undefined;
  const coloredPieces = useMemo(() => cutIntoPieces(colored?.runs ?? []), [colored]);
  const plainPieces = cutIntoPieces([{ color: "", text: code.slice(colored?.code.length ?? 0) }]);
  return (
    <code>
      {[...coloredPieces, ...plainPieces].map((runs, index) => (
        <Piece key={index} runs={runs} />
      ))}
    </code>
  );
}

const Piece = memo(
  ({ runs }: { readonly runs: readonly CodeRun[] }) => (
    <span class="piece">
      {runs.map(({ color, text }, index) =>
        color === "" ? (
          showHidden(text)
        ) : (
          <span key={index} class={`code-${color}`}>
            {showHidden(text)}
          </span>
        ),
      )}
    </span>
  ),
  (before, after) =>
    before.runs.length === after.runs.length &&
    before.runs.every(({ color, text }, index) => {
      const other = after.runs[index];
      return other?.color === color && other.text === text;
    }),
);

/** The runs, cut after every `linesPerPiece` lines. */
export function cutIntoPieces(runs: readonly CodeRun[]): readonly (readonly CodeRun[])[] {
  const pieces: CodeRun[][] = [];
  let piece: CodeRun[] = [];
  let lines = 0;
  for (const { color, text } of runs) {
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
      if (++lines % linesPerPiece !== 0) continue;
      piece.push({ color, text: text.slice(start, end + 1) });
      pieces.push(piece);
      piece = [];
      start = end + 1;
    }
    if (start < text.length) piece.push({ color, text: text.slice(start) });
  }
  return piece.length === 0 ? pieces : [...pieces, piece];
}
