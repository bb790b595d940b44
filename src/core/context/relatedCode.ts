import type { TaskKind } from "../dispatch/ledger";
import { estimateText } from "../tokens/estimateTokens";
import type { RelatedCode, RelatedItem } from "./contextItem";
import { tokensOf } from "./cutContext";
import type { ImportStatement } from "./importLines";

/** A declaration that the code may need, as far as it is known. */
export interface RelatedCandidate extends RelatedCode {
  readonly name: string;
  /** Whether the code stands in it, rather than uses it. */
  readonly encloses: boolean;
  /** How often the code names it. */
  readonly uses: number;
}

export interface RelatedSources {
  /** The file that the code stands in, by the address and the path that its parts are given. */
  readonly uri: string;
  readonly path: string;
  readonly candidates: readonly RelatedCandidate[];
  /** Of the same file; without those that are shown already. */
  readonly imports: readonly ImportStatement[];
  /** Names that the code uses. */
  readonly names: ReadonlySet<string>;
}

/**
 * Of what is around a piece of code, what helps most in so many tokens: what it stands in, the declarations
 * that it uses most and that lie nearest, then the imports of names that no declaration explains. Undefined
 * when nothing is left.
 */
export function relatedItem(sources: RelatedSources, room: number): RelatedItem | undefined {
  const ranked = distinct(sources.candidates).toSorted(
    (one, other) => weightOf(other, sources) - weightOf(one, sources),
  );
  const kept: RelatedCode[] = [];
  const add = (part: RelatedCode) => {
    const fits = tokensOf(itemOf([...kept, part], 0)) <= room;
    if (fits) kept.push(part);
    return fits;
  };
  const explained = new Set(ranked.filter(add).map(({ name }) => name));
  const imports = sources.imports.filter(({ names }) =>
    [...names].some((name) => sources.names.has(name) && !explained.has(name)),
  );
  const { uri, path } = sources;
  const added = imports.filter(({ line, text }) => add({ uri, path, line, text }));
  if (kept.length === 0) return undefined;
  const leftOut = ranked.length - explained.size + imports.length - added.length;
  return itemOf(kept.map(asPart), leftOut);
}

function itemOf(parts: readonly RelatedCode[], partsLeftOut: number): RelatedItem {
  return { kind: "related", parts, partsLeftOut };
}

/** Without what was only for the ranking: it is kept with the conversation. */
function asPart({ uri, path, line, name, text }: RelatedCode): RelatedCode {
  return { uri, path, line, text, ...(name !== undefined && { name }) };
}

/** Several names may be declared in one place, and one name in several: the first counts. */
function distinct(candidates: readonly RelatedCandidate[]): readonly RelatedCandidate[] {
  const places = new Set<string>();
  return candidates.filter(({ uri, line, name, encloses }) => {
    const keys = [`${uri} ${line}`, encloses ? `in ${name}` : name];
    if (keys.some((key) => places.has(key))) return false;
    for (const key of keys) places.add(key);
    return true;
  });
}

/** Uses beyond a few say nothing more; a type tells more of the code than a function that it calls. */
function weightOf(candidate: RelatedCandidate, { path }: RelatedSources): number {
  if (candidate.encloses) return Number.POSITIVE_INFINITY;
  const type = /^[A-Z]/.test(candidate.name) ? 1 : 0;
  return Math.min(candidate.uses, 4) + type - distance(candidate.path, path);
}

/** 0 in the same file, 1 in the same folder, up to 2 farther away. */
function distance(one: string, other: string): number {
  if (one === other) return 0;
  return folderOf(one) === folderOf(other) ? 1 : 2;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** Most tokens of related code beside code of so many: a part of them, so that a short question stays short. */
export function relatedRoom(task: TaskKind, code: string): number {
  const { share, least, most } = roomFor(task);
  return Math.min(most, Math.max(least, Math.floor(estimateText(code).likely * share)));
}

interface Room {
  readonly share: number;
  readonly least: number;
  readonly most: number;
}

function roomFor(task: TaskKind): Room {
  switch (task) {
    case "chat":
    case "explain":
    case "document":
      return { share: 0.25, least: 60, most: 150 };
    case "edit":
    case "fix":
      return { share: 0.4, least: 100, most: 300 };
    case "tests":
      return { share: 0.5, least: 150, most: 400 };
  }
}
