import type { ContextItem, ContextKind } from "./contextItem";
import { cutItem, linesOf, tokensOf } from "./cutContext";

export interface WeighedItem {
  readonly item: ContextItem;
  /** Of the whole item as it is sent. */
  readonly tokens: number;
}

/** What happens to an item when there is not room for all. */
export type FittedItem =
  | { readonly kind: "whole"; readonly item: ContextItem; readonly tokens: number }
  | {
      readonly kind: "cut";
      readonly item: ContextItem;
      readonly tokens: number;
      readonly linesLeftOut: number;
    }
  | { readonly kind: "leftOut"; readonly linesLeftOut: number };

/**
 * Who gets room first: what the user pointed at, then what says what is wrong, then what surrounds it. Within a
 * kind, the item that was added first.
 */
const order: readonly ContextKind[] = [
  "instructions",
  "image",
  "selection",
  "problems",
  "related",
  "terminal",
  "file",
  "gitDiff",
  "folder",
];

/**
 * Which of the items fit whole into `room` tokens, which are cut and by how much, and which are left out: one
 * result for each item, in the given order. Together they never take more than the room.
 */
export function fitContext(items: readonly WeighedItem[], room: number): readonly FittedItem[] {
  const fitted = new Map<WeighedItem, FittedItem>();
  let left = room;
  const served = items.toSorted(
    (one, other) => order.indexOf(one.item.kind) - order.indexOf(other.item.kind),
  );
  for (const weighed of served) {
    const result = fit(weighed, left);
    fitted.set(weighed, result);
    if (result.kind !== "leftOut") left -= result.tokens;
  }
  return items.flatMap((weighed) => fitted.get(weighed) ?? []);
}

function fit({ item, tokens }: WeighedItem, left: number): FittedItem {
  if (tokens <= left) return { kind: "whole", item, tokens };
  // A cut item is estimated: if the whole one was counted at more than its estimate, its part may be, too.
  const scale = Math.max(1, tokens / tokensOf(item));
  const cut = cutItem(item, Math.floor(left / scale));
  if (cut === undefined) return { kind: "leftOut", linesLeftOut: linesOf(item) };
  const needed = Math.min(left, Math.ceil(tokensOf(cut.item) * scale));
  return { kind: "cut", item: cut.item, tokens: needed, linesLeftOut: cut.linesLeftOut };
}
