import { multiplyDivide } from "./money";
import type { Picodollars } from "./money";
import { costOf } from "./price";
import type { TokenPrice, Usage } from "./price";

/** Picodollars per hour of audio, and the fewest seconds that a request is billed for. */
export interface TranscriptionPrice {
  readonly perHour: Picodollars;
  readonly leastSeconds: number;
}

/** Picodollars per million characters of the text that is read aloud. */
export interface SpeechPrice {
  readonly perMillionCharacters: Picodollars;
}

/** What Groq's own tools did during one answer. */
export interface ToolUse {
  readonly browserSearches: number;
  /** How long a code interpreter ran, in seconds. */
  readonly interpreterSeconds: number;
}

/** One request as it is billed. In a batch everything is discounted alike, and cached tokens get no discount of their own. */
export type BilledItem =
  | {
      readonly kind: "chat";
      readonly usage: Usage;
      readonly price: TokenPrice;
      readonly batch?: boolean;
      readonly tools?: ToolUse;
    }
  | {
      readonly kind: "transcription";
      /** Length of the audio. */
      readonly seconds: number;
      readonly price: TranscriptionPrice;
      readonly batch?: boolean;
    }
  | { readonly kind: "speech"; readonly characters: number; readonly price: SpeechPrice };

/** Groq's pricing page, read 2026-06: $5 per 1,000 searches, $0.18 per hour of the code interpreter. */
const browserSearchPrice = 5_000_000_000n;
const interpreterHourPrice = 180_000_000_000n;

const million = 1_000_000n;
const hourMs = 3_600_000n;

/**
 * What a request costs, in picodollars: each item is multiplied first, divided once and rounded half up.
 * Invalid counts (negative, NaN) cost nothing; a fraction of a token, search or millisecond counts as a whole one.
 */
export function chargeOf(item: BilledItem): Picodollars {
  // Half price is the same amount over twice the divisor: nothing is rounded twice.
  const share = item.kind !== "speech" && item.batch === true ? 2n : 1n;
  switch (item.kind) {
    case "chat": {
      const { usage, price, tools } = item;
      const tokens = share === 1n ? costOf(usage, price) : batchCost(usage, price, share);
      return tokens + (tools === undefined ? 0n : toolFees(tools));
    }
    case "transcription": {
      const { perHour, leastSeconds } = item.price;
      const seconds = Number.isFinite(item.seconds)
        ? Math.max(item.seconds, leastSeconds)
        : leastSeconds;
      return multiplyDivide(perHour, whole(seconds * 1000), hourMs * share);
    }
    case "speech":
      return multiplyDivide(item.price.perMillionCharacters, whole(item.characters), million);
  }
}

function batchCost(
  { promptTokens, completionTokens }: Usage,
  { input, output }: TokenPrice,
  share: bigint,
): Picodollars {
  return (
    multiplyDivide(input, whole(promptTokens), million * share) +
    multiplyDivide(output, whole(completionTokens), million * share)
  );
}

/** No discount on tools is documented: in a batch, too, they are charged in full. */
function toolFees({ browserSearches, interpreterSeconds }: ToolUse): Picodollars {
  return (
    browserSearchPrice * whole(browserSearches) +
    multiplyDivide(interpreterHourPrice, whole(interpreterSeconds * 1000), hourMs)
  );
}

function whole(count: number): bigint {
  return Number.isFinite(count) && count > 0 ? BigInt(Math.ceil(count)) : 0n;
}
