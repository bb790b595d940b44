/** One price for every million tokens, whether read, cached or written, from a list that is out of date. */
export interface SupersededPrice {
  readonly id: string;
  readonly usdPerMillion: string;
}

/** The list is older than this month, in which a model on it was retired. It also has no free plan. */
export const supersededListBefore = "2026-04";

/** The day since which Groq's pages are known to say otherwise. */
export const supersededOn = "2026-06-04";

/** The prices that are still quoted from it. Nothing is computed from them; current prices are in the catalogue. */
export const supersededPrices: readonly SupersededPrice[] = [
  { id: "openai/gpt-oss-20b", usdPerMillion: "0.10" },
  { id: "openai/gpt-oss-120b", usdPerMillion: "0.15" },
  { id: "moonshotai/kimi-k2-instruct-0905", usdPerMillion: "1.00" },
];
