/** The parts of a store whose loss the user is told of. */
export const storeParts = ["calls", "conversations", "limits"] as const;

export type StorePart = (typeof storeParts)[number];

/** Something that the user is told about the store, once and in one window. */
export interface StoreNotice {
  /** The store's file was damaged, and a new one took its place. */
  readonly kind: "recovered";
  /** The name under which the damaged file was kept, beside the new one. */
  readonly aside: string;
  /** What could not be read whole; the rest was carried over. */
  readonly lost: readonly StorePart[];
  /** False when sums of spending may be too low. */
  readonly spendComplete: boolean;
}

/** Port: what happens to the store, in any window of this machine. */
export interface StoreEvents {
  /** Called soon after a change of spend, limits or data in any window; returns what ends the listening. */
  onChange(listener: () => void): () => void;
  /** Called with each notice that no window has shown yet; returns what ends the listening. */
  onNotice(listener: (notice: StoreNotice) => void): () => void;
}
