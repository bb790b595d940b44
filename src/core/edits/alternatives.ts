/** Notices where an answer has several ways to change one file, of which only one can be meant. */
export interface Alternatives {
  /** A line between the edits. */
  readProse(line: string): void;
  /** An edit of a file. */
  add(path: string): void;
  /** The files that more than one of the ways changes. */
  readonly rivalPaths: readonly string[];
}

export function createAlternatives(): Alternatives {
  const ways = new Map<string, Set<string>>();
  let way = "";
  return {
    readProse(line) {
      const [opening] = wayOpening.exec(line) ?? [];
      if (opening !== undefined) way = opening.toLowerCase().replace(/^.*?(?=[a-z])/, "");
    },
    add(path) {
      ways.set(path, (ways.get(path) ?? new Set()).add(way));
    },
    get rivalPaths() {
      return [...ways].flatMap(([path, { size }]) => (size > 1 ? [path] : []));
    },
  };
}

/** `### Option 1: …`, `2. **Approach B**`, `Alternatively, …` */
const wayOpening =
  /^(?:\W|\d{1,2}[.)]){0,8}(?:(?:option|alternative|approach|variant) #?(?:\d{1,2}|[a-f]|one|two|three)\b|alternatively\b)/i;
