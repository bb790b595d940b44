import type { EditHint } from "./editPath";

/** The path that a line consists of, whatever decorates it: `### src/a.ts`, `**File:** a.ts`, `// a.ts`. */
export function pathOnLine(line: string, hint: EditHint): string | undefined {
  const text = line.trim();
  if (text === "" || text.length > longestLine) return undefined;
  const tagged = taggedPath(text, hint);
  if (tagged !== undefined) return tagged;
  const bare = withoutEscapes(stripLabel(stripDecoration(text)), hint);
  return isPath(bare, hint) ? bare : undefined;
}

/** The path in a fence's info string: ` ```ts src/a.ts`, ` ```ts:src/a.ts`, ` ```ts path=src/a.ts`. */
export function pathInFenceInfo(info: string, hint: EditHint): string | undefined {
  const text = info.trim();
  if (text === "" || text.length > longestLine) return undefined;
  const tagged = taggedPath(text, hint);
  if (tagged !== undefined) return tagged;
  const colon = text.indexOf(":");
  const words = text.split(/\s+/).map((word) => word.replace(/^\w{4,8}=/, ""));
  const candidates = [text.slice(colon + 1), ...words, text];
  return candidates.find(
    (word) => isPath(word, hint) && (word.includes(".") || word.includes("/")),
  );
}

/** The one known path that a sentence names; `undefined` if it names several or none. */
export function knownPathInProse(line: string, hint: EditHint): string | undefined {
  const known = hint.knownPaths ?? [];
  if (known.length === 0 || line.length > longestLine) return undefined;
  const words = line.split(/[\s`"'()*,]+/).map((word) => word.replace(/[.:;!?]+$/, ""));
  const inLine = new Set(words);
  const named = new Set(known.filter((path) => inLine.has(path)));
  return named.size === 1 ? [...named][0] : undefined;
}

/** The known path whose whole text a line announces (``Here is the new `a.ts`:``), not a part of it. */
export function announcedFile(line: string, hint: EditHint): string | undefined {
  const path = knownPathInProse(line, hint);
  if (path === undefined) return undefined;
  const at = line.indexOf(path);
  const sentence =
    line
      .slice(0, at)
      .split(/[.:;!]\s/)
      .at(-1) ?? "";
  // A noun before the name (`the new helper in`) would be what is announced.
  const words = wordsOf(sentence);
  const isAnnounced = words.every((word) => announcing.has(word) || mayStandBetween.has(word));
  if (!isAnnounced || !words.some((word) => announcing.has(word))) return undefined;
  const behind = wordsOf(line.slice(at + path.length)).filter((word) => !fileNouns.has(word));
  const [next] = behind;
  const mayFollow = next === undefined || mayStandBehind.has(next);
  return mayFollow && !behind.some((word) => partWords.has(word)) ? path : undefined;
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[a-z']+/g) ?? []
  );
}

const longestLine = 400;
const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const announcing = wordSet(
  "here here's new updated modified full complete entire whole revised rewritten final corrected content contents",
);
const mayStandBetween = wordSet(
  "and now so is below this the a an your fixed version code text file of for",
);
const fileNouns = wordSet("file code module script");
const mayStandBehind = wordSet("for that which with after where including");
const partWords = wordSet(
  "only part parts snippet relevant section portion excerpt before usage example",
);

/** `path="src/a.ts"` in a tag or an info string, or `<path>src/a.ts</path>`. */
function taggedPath(text: string, hint: EditHint): string | undefined {
  const element = /^<(?:path|file|file_path|filename)>([^<>]+)<\//.exec(text);
  if (element?.[1] !== undefined) return element[1].trim();
  if (!text.includes("=")) return undefined;
  const attribute = /\b(?:path|file|filepath|filename|title|name)\s?=\s?["']([^"']+)["']/.exec(
    text,
  );
  const path = attribute?.[1]?.trim();
  return path !== undefined && isPath(path, hint) ? path : undefined;
}

/** Takes headings, list marks, comment marks, emphasis, links, quotes and a closing colon off. */
function stripDecoration(text: string): string {
  let bare = text.replace(/^<[\w-]{1,20}>/, "");
  bare = bare.replace(/^(?:(?:#{1,6}|[-*+>]|\d{1,3}[.)]|\/\/|<!--|\/\*|--)\s+){1,3}/, "");
  bare = bare.replace(/\s*(?:-->|\*\/)$/, "");
  bare = bare.replace(
    /\s+\((?:(?:new|updated|modified|existing)(?: file)?|lines? \d+(?:[-\u2013]\d+)?)\)(?=:?$)/i,
    "",
  );
  bare = bare.replace(/^([*_]{0,2})\[([^\]]+)\]\([^()\s]+\)(?=\1:?$)/, "$1$2");
  return trimMarks(bare);
}

/** Takes `File:` off, and the words around the path in `Create a new file src/a.ts with this content:`. */
function stripLabel(text: string): string {
  const label = fileLabel.exec(text);
  if (label !== null) return trimMarks(text.slice(label[0].length));
  const created = fileToCreate.exec(text);
  return created?.[1] === undefined ? text : trimMarks(created[1]);
}

const fileLabel = /^(?:new )?(?:file ?path|file ?name|file|path)\W{0,3}:\W{0,4}\s*/i;
const fileToCreate =
  /^(?:(?:next|then|now|first|finally),? )?create (?:(?:a|the) )?(?:new )?(?:file )?(?:called |named )?(\S+)(?: (?:with|containing) .{0,80})?$/i;

/** Takes the backslashes off that Markdown puts before every `_`, unless they are a known path's own. */
function withoutEscapes(text: string, { knownPaths }: EditHint): string {
  if (!text.includes("\\_") || /(?:^|[^\\])_/.test(text)) return text;
  return knownPaths?.includes(text.replaceAll("\\", "/")) === true
    ? text
    : text.replaceAll("\\_", "_");
}

function trimMarks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && "`*\"'([".includes(text.charAt(start))) start++;
  while (end > start && "`*\"')]:,".includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

function isPath(text: string, hint: EditHint): boolean {
  return (hint.knownPaths?.includes(text) ?? false) || looksLikePath(text);
}

function looksLikePath(text: string): boolean {
  if (text === "" || text.length > 260 || /[\s<>|"*?;{}=]|\/\/|:(?!\\)/.test(text)) return false;
  const name = text.split(/[/\\]/).at(-1) ?? "";
  if (/^[\w@$+.[\]()~-]*\.[A-Za-z][\w-]{0,15}$/.test(name)) return true;
  return extensionless.has(name) || (/[/\\]/.test(text) && /^\.?[A-Za-z][\w.-]*$/.test(name));
}

const extensionless = new Set(
  "Makefile Dockerfile LICENSE README CHANGELOG Gemfile Rakefile Procfile Jenkinsfile Vagrantfile".split(
    " ",
  ),
);
