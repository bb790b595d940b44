import { loadPart } from "../laterParts";
import type { LaterParts } from "../laterParts";
import type { CodeRun } from "./highlighter";

/** The beginning of a code block, cut into runs of one colour. */
export interface ColoredCode {
  readonly code: string;
  readonly runs: readonly CodeRun[];
}

/** More is not coloured: the library needs up to a millisecond for a thousand characters. */
const mostColored = 30_000;
/** Colouring a growing block anew takes at most this part of the time. */
const shareOfTime = 1 / 20;
const shortestPauseMs = 120;
/** Characters that are coloured in the task that draws them: some four milliseconds' worth. */
const mostAtOnce = 4000;
/** Colours that are due wait so long for more text to be drawn with. */
const withTextMs = 100;
const mostKept = 300;

/** Whole blocks that have been coloured, the newest last: one that is scrolled back to has its colours at once. */
const kept = new Map<string, ColoredCode>();

/** The colours of a whole block, if they are known already. */
export function knownColors(language: string, code: string): ColoredCode | undefined {
  return kept.get(keyOf(language, code));
}

/** Colours one block as it grows. */
export interface Colorer {
  /** `whole`: nothing is to come any more. */
  follow(language: string, code: string, whole: boolean): void;
  stop(): void;
}

/** Loaded with the first code that is shown, and kept out of the way of the page's start. */
let highlighter: LaterParts["highlighter"] | undefined;

export function createColorer(onColored: (colored: ColoredCode) => void): Colorer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let next = { language: "", code: "", whole: false };
  let earliest = 0;
  let grows = false;
  let stopped = false;

  function color(library: LaterParts["highlighter"]): void {
    const { language, code, whole } = next;
    const started = performance.now();
    const part = colorablePart(code, whole);
    const runs = runsOf(library, language, part);
    const now = performance.now();
    earliest = now + Math.max(shortestPauseMs, (now - started) / shareOfTime);
    if (runs === undefined) return;
    const colored = { code: part, runs };
    if (whole) keep(keyOf(language, code), colored);
    onColored(colored);
  }

  async function colorLater(): Promise<void> {
    highlighter ??= await loadPart("highlighter");
    timer = undefined;
    if (!stopped) color(highlighter);
  }

  return {
    follow(language, code, whole) {
      next = { language, code, whole };
      if (language === "") return;
      const waitMs = whole ? 0 : earliest - performance.now();
      const atOnce = grows && code.length <= mostAtOnce ? highlighter : undefined;
      grows ||= !whole;
      if (timer !== undefined && !whole && atOnce === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      // With the text that has come in, so that the page is not drawn once more for the colours alone.
      if (atOnce !== undefined && waitMs <= 0) return color(atOnce);
      const delayMs = Math.max(0, waitMs) + (atOnce === undefined ? 0 : withTextMs);
      timer = setTimeout(() => void colorLater().catch(() => undefined), delayMs);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** Undefined where it has no colours: what the library cannot read is shown as it is. */
function runsOf(
  { highlight }: LaterParts["highlighter"],
  language: string,
  code: string,
): readonly CodeRun[] | undefined {
  try {
    return highlight(language, code);
  } catch {
    return undefined;
  }
}

/** Whole lines: half a line may mean something else when it is complete. */
function colorablePart(code: string, whole: boolean): string {
  if (whole && code.length <= mostColored) return code;
  const part = code.slice(0, mostColored);
  return part.slice(0, part.lastIndexOf("\n") + 1);
}

function keep(key: string, colored: ColoredCode): void {
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(key, colored);
}

function keyOf(language: string, code: string): string {
  return `${language}\n${code}`;
}
