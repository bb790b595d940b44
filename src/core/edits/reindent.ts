import { indentationOf, unescapeTabs } from "./lineKeys";

/** An indentation as the edit has it and as the file has it on the same line. */
export interface IndentPair {
  readonly edit: string;
  readonly file: string;
}

/** Fits an added line to the file; `undefined` where the file's indentation for it cannot be told. */
export type Reindent = (text: string) => string | undefined;

/**
 * How added lines must be indented, from the lines that the edit shares with the file. They stay as written
 * where a shared line with an indentation has it right: then the others were slips.
 */
export function createReindent(pairs: readonly IndentPair[]): Reindent {
  const right = pairs.every((pair) => pair.edit === pair.file);
  if (right || pairs.some((pair) => pair.edit !== "" && pair.edit === pair.file)) return asWritten;
  const mapping = mappingOf(pairs);
  if (mapping === undefined) return (text) => (text.trim() === "" ? text : undefined);
  return (text) => {
    const line = unescapeTabs(text);
    if (line.trim() === "") return "";
    const indentation = indentationOf(line);
    const fitted = mapping.get(indentation) ?? extrapolate(indentation, pairs);
    return fitted === undefined ? undefined : fitted + line.slice(indentation.length);
  };
}

export function asWritten(text: string): string {
  return unescapeTabs(text);
}

/** Which indentation of the file stands for which of the edit; `undefined` if one stands for two. */
function mappingOf(pairs: readonly IndentPair[]): Map<string, string> | undefined {
  const mapping = new Map<string, string>();
  for (const { edit, file } of pairs) {
    const known = mapping.get(edit);
    if (known !== undefined && known !== file) return undefined;
    mapping.set(edit, file);
  }
  return mapping;
}

function extrapolate(indentation: string, pairs: readonly IndentPair[]): string | undefined {
  return shifted(indentation, pairs) ?? scaled(indentation, pairs);
}

/** The file has the same blanks more, or fewer, in front of every line. */
function shifted(indentation: string, pairs: readonly IndentPair[]): string | undefined {
  const [first] = pairs;
  if (first === undefined) return indentation;
  if (first.file.endsWith(first.edit)) {
    const more = first.file.slice(0, first.file.length - first.edit.length);
    if (pairs.every((pair) => pair.file === more + pair.edit)) return more + indentation;
  }
  if (first.edit.endsWith(first.file)) {
    const less = first.edit.slice(0, first.edit.length - first.file.length);
    const fits = pairs.every((pair) => pair.edit === less + pair.file);
    if (fits && indentation.startsWith(less)) return indentation.slice(less.length);
  }
  return undefined;
}

/** The file indents by another unit: four blanks for two, or a tab for four blanks. */
function scaled(indentation: string, pairs: readonly IndentPair[]): string | undefined {
  const ruler = pairs.find((pair) => pair.edit !== "" && pair.file !== "");
  if (ruler === undefined || !isUniform(ruler.file) || !isUniform(ruler.edit)) return undefined;
  const [unit] = ruler.file;
  const [mark] = ruler.edit;
  const ratio = ruler.file.length / ruler.edit.length;
  const lengthIn = (text: string): number | undefined => {
    const length = text.length * ratio;
    return isUniform(text) && (text === "" || text[0] === mark) && Number.isInteger(length)
      ? length
      : undefined;
  };
  const fits = pairs.every(
    ({ edit, file }) =>
      lengthIn(edit) === file.length && (file === "" || (isUniform(file) && file[0] === unit)),
  );
  const length = lengthIn(indentation);
  return fits && length !== undefined && unit !== undefined ? unit.repeat(length) : undefined;
}

function isUniform(text: string): boolean {
  return text === "" || text === text.charAt(0).repeat(text.length);
}
