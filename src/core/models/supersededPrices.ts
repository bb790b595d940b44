/** What older lists of Groq's prices said, and what has held since. Nothing is computed from it. */
export interface SupersededPrice {
  /** What the older list was about. */
  readonly subject: string;
  readonly said: string;
  /** What holds instead. */
  readonly holds: string;
}

/** The list is older than April 2026, when a model on it was retired; Groq's pages have had other figures since this day. */
export const supersededOn = "2026-06-04";

/** One price per million tokens, whether read, cached or written. */
export const supersededPrices: readonly SupersededPrice[] = [
  {
    subject: "openai/gpt-oss-20b",
    said: "$0.10 for every million tokens",
    holds: "$0.075 for input, $0.0375 for cached input, $0.30 for output",
  },
  {
    subject: "openai/gpt-oss-120b",
    said: "$0.15 for every million tokens",
    holds: "$0.15 for input, $0.075 for cached input, $0.60 for output",
  },
  {
    subject: "moonshotai/kimi-k2-instruct-0905",
    said: "$1.00 for every million tokens",
    holds: "retired on 2026-04-15",
  },
  {
    subject: "Free plan",
    said: "there is none",
    holds: "there is one, without a card, with the limits of its table",
  },
];
