import type { TaskKind } from "../dispatch/ledger";
import { estimateText } from "../tokens/estimateTokens";
import type { RelatedCode, RelatedItem } from "./contextItem";
import { tokensOf } from "./cutContext";
import type { ImportStatement } from "./importLines";
import { folderOf } from "./pathParts";

/** A declaration that the code may need, as far as it is known. */
export interface RelatedCandidate extends RelatedCode {
  readonly name: string;
  /** Whether it encloses the code instead of being used by it. */
  readonly encloses: boolean;
  /** How often the code mentions it. */
  readonly uses: number;
}

export interface RelatedSources {
  /** The file of the code: the address and path that its own parts get. */
  readonly uri: string;
  readonly path: string;
  readonly candidates: readonly RelatedCandidate[];
  /** Of the same file, without those already shown. */
  readonly imports: readonly ImportStatement[];
  /** Names that the code uses. */
  readonly names: ReadonlySet<string>;
}

/**
 * The most helpful context of a piece of code within `room` tokens: what encloses it, the declarations that it uses
 * most and that are nearest, then the imports of names that no declaration explains. Undefined if nothing fits.
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

/** Without the fields that only the ranking needs, because it is stored with the conversation. */
function asPart({ uri, path, line, name, text }: RelatedCode): RelatedCode {
  return { uri, path, line, text, ...(name !== undefined && { name }) };
}

/** Several names may be declared in one place, and one name in several places: the first of each counts. */
function distinct(candidates: readonly RelatedCandidate[]): readonly RelatedCandidate[] {
  const places = new Set<string>();
  return candidates.filter(({ uri, line, name, encloses }) => {
    const keys = [`${uri} ${line}`, encloses ? `in ${name}` : name];
    if (keys.some((key) => places.has(key))) return false;
    for (const key of keys) places.add(key);
    return true;
  });
}

/** More than a few uses make no difference; a type says more about the code than a function that it calls. */
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

/** The most tokens of related code for `code`: a share of its own tokens, so that a short question stays short. */
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
