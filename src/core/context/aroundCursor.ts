import type { SelectionItem } from "./contextItem";
import { mostThatFit, tokensOf } from "./cutContext";

/**
 * As many lines of a function or class around the cursor as fit into `tokens`; undefined if not even the cursor's line
 * does. `cursorLine` is one-based, like the item's lines.
 */
export function aroundCursor(
  item: SelectionItem,
  cursorLine: number,
  tokens: number,
): SelectionItem | undefined {
  if (tokensOf(item) <= tokens) return item;
  const lines = item.text.split("\n");
  const cursor = Math.min(Math.max(cursorLine - item.startLine, 0), lines.length - 1);
  const within = (radius: number): SelectionItem => {
    const first = Math.max(0, cursor - radius);
    const last = Math.min(lines.length - 1, cursor + radius);
    return {
      ...item,
      startLine: item.startLine + first,
      endLine: item.startLine + last,
      text: lines.slice(first, last + 1).join("\n"),
    };
  };
  const fits = mostThatFit(lines.length + 1, (count) => tokensOf(within(count - 1)) <= tokens);
  return fits === 0 ? undefined : within(fits - 1);
}
