/** Whole lines of one version: `start` is 0-based, `end` exclusive; an empty range marks the place between two lines. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** One change between two versions of a file. Lines carry their endings. */
export interface Hunk {
  readonly before: LineRange;
  readonly after: LineRange;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}
