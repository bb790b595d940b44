/** A source of chance that gives the same numbers for the same seed. */
export interface Random {
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  chance(share: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (share) => next() < share,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}

/** An answer that asks for a known change of a file, written down with slips. */
export interface DamagedEdit {
  readonly path: string;
  readonly text: string;
  readonly expected: string;
  readonly answer: string;
  readonly format: string;
  readonly damages: readonly string[];
}

/** Makes a random change of a piece of a real file that holds near-copies of itself, and a damaged answer for it. */
export function makeDamagedEdit(source: string, random: Random): DamagedEdit {
  const { lines, target } = withNearCopies(pieceOf(source, random), random);
  const change = randomChange(lines, target, random);
  const after = lines.toSpliced(change.start, change.removed, ...change.added);
  const ending = random.chance(0.2) ? "\r\n" : "\n";
  const damages: string[] = [];
  const undamaged = hunkFor(lines, change, random);
  const hunk = damage(undamaged, damages, random);
  const format = random.pick(["patch", "search", "unified"]);
  const path = "src/file.ts";
  return {
    path,
    text: lines.map((line) => line + ending).join(""),
    expected: after.map((line) => line + ending).join(""),
    answer: write(
      format,
      path,
      standsElsewhere(hunk, lines) ? undamaged : hunk,
      change.start,
      damages,
      random,
    ),
    format,
    damages,
  };
}

interface Change {
  readonly start: number;
  readonly removed: number;
  readonly added: readonly string[];
}

interface Line {
  readonly kind: " " | "-" | "+";
  readonly text: string;
}

function pieceOf(source: string, random: Random): string[] {
  const lines = source.split(/\r?\n/);
  const size = 40 + random.below(300);
  const start = random.below(Math.max(1, lines.length - size));
  return lines.slice(start, start + size);
}

/** Puts copies of a block that differ from it in a line or two around it, as real files have them. */
function withNearCopies(piece: string[], random: Random) {
  const size = Math.min(piece.length, 8 + random.below(24));
  const start = random.below(Math.max(1, piece.length - size));
  const block = piece.slice(start, start + size);
  let lines = piece;
  let target = start;
  for (let copies = random.below(4); copies > 0; copies--) {
    const copy = [...block];
    for (let changes = 1 + random.below(3); changes > 0; changes--) {
      const i = random.below(copy.length);
      copy[i] = variant(copy[i] ?? "", random);
    }
    const above = random.chance(0.5);
    const at = above
      ? random.below(target + 1)
      : target + size + random.below(lines.length - target - size + 1);
    lines = lines.toSpliced(at, 0, ...copy);
    if (above) target += copy.length;
  }
  return { lines, target: { start: target, size } };
}

function variant(line: string, random: Random): string {
  if (/\d/.test(line) && random.chance(0.5))
    return line.replace(/\d+/, (n) => `${Number(n) + 1 + random.below(9)}`);
  return line.replace(
    /[A-Za-z]{3,}/,
    (word) => `${word}${random.pick(["Other", "Two", "s", "_x"])}`,
  );
}

function randomChange(
  lines: readonly string[],
  target: { start: number; size: number },
  random: Random,
): Change {
  const start = target.start + random.below(target.size);
  const removed = Math.min(random.below(5), lines.length - start);
  const indentation = /^\s*/.exec(lines[start] ?? "")?.[0] ?? "";
  const count = removed === 0 ? 1 + random.below(4) : random.below(5);
  const added = Array.from({ length: count }, () =>
    random.chance(0.1)
      ? ""
      : `${indentation}${random.chance(0.3) ? "  " : ""}changed(${random.below(1e6)});`,
  );
  return { start, removed, added };
}

function hunkFor(
  lines: readonly string[],
  { start, removed, added }: Change,
  random: Random,
): Line[] {
  const context = 1 + random.below(5);
  const line =
    (kind: Line["kind"]) =>
    (text: string): Line => ({ kind, text });
  return [
    ...lines.slice(Math.max(0, start - context), start).map(line(" ")),
    ...lines.slice(start, start + removed).map(line("-")),
    ...added.map(line("+")),
    ...lines.slice(start + removed, start + removed + context).map(line(" ")),
  ];
}

function damage(hunk: readonly Line[], damages: string[], random: Random): Line[] {
  let lines = [...hunk];
  for (const [name, apply] of Object.entries(lineDamages)) {
    if (!random.chance(0.22)) continue;
    damages.push(name);
    lines = apply(lines, random);
  }
  return lines;
}

/** Whether damage made the lines to find those of another place, but for blanks at their ends. */
function standsElsewhere(hunk: readonly Line[], lines: readonly string[]): boolean {
  const old = hunk.filter(({ kind }) => kind !== "+").map(({ text }) => text.trimEnd());
  const own = lines.map((line) => line.trimEnd());
  return own.some((_, start) => old.every((text, i) => text === own[start + i]));
}

type LineDamage = (lines: readonly Line[], random: Random) => Line[];

function mapSome(
  share: number,
  kinds: string,
  change: (text: string, random: Random) => string,
): LineDamage {
  return (lines, random) =>
    lines.map((line) =>
      kinds.includes(line.kind) && random.chance(share)
        ? { ...line, text: change(line.text, random) }
        : line,
    );
}

function onOne(kinds: string, change: (text: string, random: Random) => string): LineDamage {
  return (lines, random) => {
    const fitting = lines.flatMap((line, i) =>
      kinds.includes(line.kind) && line.text.trim() !== "" ? [i] : [],
    );
    const chosen = fitting[random.below(fitting.length)];
    return lines.map((line, i) =>
      i === chosen ? { ...line, text: change(line.text, random) } : line,
    );
  };
}

const lineDamages: Record<string, LineDamage> = {
  "trailing blanks": mapSome(0.3, " -", (text) => `${text.trimEnd()}   `),
  "lost indentation on one line": onOne(" -", (text) => text.trimStart()),
  "tabs for blanks on one line": onOne(" -", (text) =>
    text.replace(/^ +/, (blanks) => "\t".repeat(Math.ceil(blanks.length / 2))),
  ),
  "all indented more": mapSome(1, " -+", (text) => (text.trim() === "" ? text : `    ${text}`)),
  "typographic quotes": mapSome(0.4, " -", (text) =>
    text.replace(/"([^"]*)"/g, "“$1”").replace(/'/g, "’"),
  ),
  "a wrong context line": onOne(" ", (_, random) => `  nothing like it ${random.below(1e9)}`),
  "a slip in a line": onOne(" -", (text, random) => {
    const at = random.below(text.length);
    return `${text.slice(0, at)}${random.pick(["q", "Z", "_"])}${text.slice(at + (random.chance(0.5) ? 1 : 0))}`;
  }),
};

function write(
  format: string,
  path: string,
  hunk: readonly Line[],
  start: number,
  damages: string[],
  random: Random,
): string {
  const marked = hunk.map(({ kind, text }) => kind + text).join("\n");
  const side = (kinds: string): string =>
    hunk
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ text }) => `${text}\n`)
      .join("");
  switch (format) {
    case "patch":
      return `*** Begin Patch\n*** Update File: ${path}\n@@\n${marked}\n*** End Patch\n`;
    case "search":
      return `${path}\n\`\`\`\`ts\n<<<<<<< SEARCH\n${side(" -")}=======\n${side(" +")}>>>>>>> REPLACE\n\`\`\`\`\n`;
    default: {
      const above = hunk.findIndex(({ kind }) => kind !== " ");
      const off = random.chance(0.5) ? 1 + random.below(60) : 0;
      if (off > 0) damages.push("wrong line numbers");
      const count = (kinds: string): number =>
        hunk.filter(({ kind }) => kinds.includes(kind)).length;
      const first = start - above + 1 + off;
      const numbers = `@@ -${first},${count(" -")} +${first},${count(" +")} @@`;
      return `\`\`\`diff\n--- a/${path}\n+++ b/${path}\n${numbers}\n${marked}\n\`\`\`\n`;
    }
  }
}
