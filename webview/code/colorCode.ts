import { loadPart } from "../laterParts";
import type { LaterParts } from "../laterParts";
import type { CodeRun } from "./highlighter";

/** The beginning of a code block, cut into runs of one colour. */
export interface ColoredCode {
  readonly code: string;
  readonly runs: readonly CodeRun[];
}

/** In characters; more is not coloured, because the library needs up to a millisecond for a thousand. */
const mostColored = 30_000;
/** Colouring a growing block again and again takes at most this share of the time. */
const shareOfTime = 1 / 20;
const shortestPauseMs = 120;
/** Up to this many characters are coloured in the task that draws them: about four milliseconds' worth. */
const mostAtOnce = 4000;
/** How long colours that are due wait for more text to be drawn with. */
const withTextMs = 100;
const mostKept = 300;

/** Complete blocks that have been coloured, the newest last, so that scrolling back shows colours at once. */
const kept = new Map<string, ColoredCode>();

/** The colours of a whole block, if they are known already. */
export function knownColors(language: string, code: string): ColoredCode | undefined {
  return kept.get(keyOf(language, code));
}

/** Colours one block as it grows. */
export interface Colorer {
  /** `whole`: nothing more is to come. */
  follow(language: string, code: string, whole: boolean): void;
  stop(): void;
}

/** Loaded with the first code that is shown, so that it does not delay the page's start. */
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
      // Together with the new text, so that the page is not drawn again only for the colours.
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

/** Undefined if the library cannot read the code, which is then shown without colours. */
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

/** Whole lines only: half a line may turn out to mean something else. */
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
