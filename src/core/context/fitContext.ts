import type { ContextItem, ContextKind } from "./contextItem";
import { cutItem, linesOf, tokensOf } from "./cutContext";

export interface WeighedItem {
  readonly item: ContextItem;
  /** As it is sent, whole. */
  readonly tokens: number;
}

/** What becomes of an item when there is not room for all. */
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
 * Who is served first: what the user pointed at, then what says what is wrong, then what goes around it. Of
 * one kind, the first that was added.
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
 * Which of the items go whole into `room` tokens, which are cut and by how much, and which stay behind: one
 * answer for each item, in the order in which they were given. Together they never take more than the room.
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
  // A cut item is estimated; where the whole one was counted to more than its estimate, so may be its part.
  const scale = Math.max(1, tokens / tokensOf(item));
  const cut = cutItem(item, Math.floor(left / scale));
  if (cut === undefined) return { kind: "leftOut", linesLeftOut: linesOf(item) };
  const needed = Math.min(left, Math.ceil(tokensOf(cut.item) * scale));
  return { kind: "cut", item: cut.item, tokens: needed, linesLeftOut: cut.linesLeftOut };
}
