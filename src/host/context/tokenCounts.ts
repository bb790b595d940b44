import { createHash } from "node:crypto";
import type { ContextItem } from "../../core/context/contextItem";
import { renderContext } from "../../core/context/renderContext";
import { estimateText } from "../../core/tokens/estimateTokens";
import type { TokenCounter } from "../../core/tokens/tokenCounter";
import type { ChipTokens } from "./contextBoard";

/** Tokens of items as they are sent, counted in batches a moment after they were asked for. */
export interface TokenCounts {
  /** Undefined while being counted; `onCounted` says when to ask again. Pictures have no known count. */
  of(item: ContextItem): ChipTokens | undefined;
  dispose(): void;
}

const waitMs = 60;
const mostKept = 300;

export function createTokenCounts(counter: TokenCounter, onCounted: () => void): TokenCounts {
  const known = new Map<string, ChipTokens>();
  const asked = new Map<string, string>();
  const underWay = new Set<string>();
  const askedTwice = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  async function count(): Promise<void> {
    timer = undefined;
    const batch = [...asked];
    asked.clear();
    for (const [key] of batch) underWay.add(key);
    const texts = batch.map(([, text]) => text);
    const counts = await counter.count(texts);
    for (const [index, [key, text]] of batch.entries()) {
      const exact = counts?.[index];
      underWay.delete(key);
      known.set(
        key,
        exact === undefined
          ? { count: estimateText(text).likely, exact: false }
          : { count: exact, exact: true },
      );
    }
    for (const oldest of known.keys()) {
      if (known.size <= mostKept) break;
      known.delete(oldest);
      askedTwice.delete(oldest);
    }
    onCounted();
  }

  return {
    of(item) {
      if (item.kind === "image") return undefined;
      const text = renderContext(item);
      const key = hashOf(text);
      const found = known.get(key);
      // On a busy machine the tokenizer may load too slowly and give up, so it is worth asking again.
      const isRough = found !== undefined && !found.exact && !askedTwice.has(key);
      if ((found === undefined || isRough) && !underWay.has(key)) {
        if (isRough) askedTwice.add(key);
        asked.set(key, text);
        timer ??= setTimeout(() => void count(), waitMs);
      }
      return found;
    },
    dispose: () => clearTimeout(timer),
  };
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
