import { indentationOf, unescapeTabs } from "./lineKeys";

/** An indentation as the edit has it and as the file has it on the same line. */
export interface IndentPair {
  readonly edit: string;
  readonly file: string;
  /** Lines are added right above or right below. */
  readonly adjoins: boolean;
}

/** Fits an added line to the file; `undefined` where the file's indentation for it cannot be told. */
export type Reindent = (text: string) => string | undefined;

/**
 * How added lines must be indented, from the lines that the edit shares with the file: as most of these say.
 * Where no one rule holds for most of them, no added line can be fitted.
 */
export function createReindent(pairs: readonly IndentPair[], added: readonly string[]): Reindent {
  const indented = pairs.filter(({ edit, file }) => edit !== "" || file !== "");
  const right = indented.filter(({ edit, file }) => edit === file);
  if (right.length * 2 > indented.length || indented.length === 0) return asWritten(indented);
  if (mayBeRightAlready(indented, added)) return () => undefined;
  const step = Math.min(...new Set(indented.map(({ edit }) => edit.length || Infinity)));
  const distinct = new Map(indented.map((pair) => [`${pair.edit}|${pair.file}`, pair]));
  const rules = [...distinct.values()].flatMap((pair) => [shift(pair), scale(pair, step)]);
  const fit = bestRule(rules, pairs);
  if (fit === undefined) return () => undefined;
  const doubtful = doubtfulIndents(pairs, fit);
  return (text) => {
    const line = unescapeTabs(text);
    if (line.trim() === "") return "";
    const indentation = indentationOf(line);
    const fitted = doubtful.has(indentation) ? undefined : fit(indentation);
    return fitted === undefined ? undefined : fitted + line.slice(indentation.length);
  };
}

/** The indentations of lines right beside added ones that a rule does not hold for. */
function doubtfulIndents(pairs: readonly IndentPair[], rule: IndentRule): ReadonlySet<string> {
  const wrong = pairs.filter(({ edit, file, adjoins }) => adjoins && rule(edit) !== file);
  return new Set(wrong.map(({ edit }) => edit));
}

/** Leaves lines as they are, but for those that are indented like a neighbour that is not right. */
function asWritten(pairs: readonly IndentPair[]): Reindent {
  const doubtful = doubtfulIndents(
    pairs.filter(({ edit }) => edit !== ""),
    (indentation) => indentation,
  );
  return (text) => {
    const line = unescapeTabs(text);
    return line.trim() !== "" && doubtful.has(indentationOf(line)) ? undefined : line;
  };
}

/** The rule that holds for most pairs, if for more than half of them; of equal ones the first. */
function bestRule(
  rules: readonly IndentRule[],
  pairs: readonly IndentPair[],
): IndentRule | undefined {
  let best: IndentRule | undefined;
  let most = Math.floor(pairs.length / 2);
  for (const rule of rules) {
    const fitting = pairs.filter(({ edit, file }) => rule(edit) === file).length;
    if (fitting > most) [best, most] = [rule, fitting];
  }
  return best;
}

/** Whether a single line lacks indentation that the added lines have: it may be the only one that is wrong. */
function mayBeRightAlready(pairs: readonly IndentPair[], added: readonly string[]): boolean {
  const [only, other] = pairs;
  if (only === undefined || other !== undefined || !only.file.startsWith(only.edit)) return false;
  return added.every((text) => text.trim() === "" || indentationOf(text).startsWith(only.file));
}

/** The file's indentation for the edit's, by one rule. */
type IndentRule = (indentation: string) => string | undefined;

/** The file has the same blanks more, or fewer, in front of every line. */
function shift({ edit, file }: IndentPair): IndentRule {
  if (file.endsWith(edit)) {
    const more = file.slice(0, file.length - edit.length);
    return (indentation) => more + indentation;
  }
  if (edit.endsWith(file)) {
    const less = edit.slice(0, edit.length - file.length);
    return (indentation) =>
      indentation.startsWith(less) ? indentation.slice(less.length) : undefined;
  }
  return () => undefined;
}

/**
 * The file indents by another unit: four blanks for two, or a tab for four blanks. Holds for whole steps of the
 * edit's own indentation only.
 */
function scale({ edit, file }: IndentPair, step: number): IndentRule {
  const [mark = ""] = edit;
  const [unit = ""] = file;
  // A single blank is no step but an offset.
  if (mark === "" || unit === "" || edit === " ") return () => undefined;
  if (!isRunOf(edit, mark) || !isRunOf(file, unit)) return () => undefined;
  return (indentation) => {
    const length = (indentation.length * file.length) / edit.length;
    const isWhole = indentation.length % step === 0 && Number.isInteger(length);
    return isWhole && isRunOf(indentation, mark) ? unit.repeat(length) : undefined;
  };
}

function isRunOf(text: string, character: string): boolean {
  return text === character.repeat(text.length);
}
