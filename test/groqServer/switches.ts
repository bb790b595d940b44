/**
 * What is not known about Groq, each with the settings that are possible. The first is the default.
 * A client is right only if it is right under every one.
 */
const switchValues = {
  /** What becomes of the output that was reserved at admission and not generated. */
  unusedOutput: ["refunded", "kept"],
  /** What a request without `max_completion_tokens` reserves for its output. */
  omittedCap: ["nothing", "modelMaximum", "contextRemainder"],
  /** The moment that the `x-ratelimit-*` headers show. A stream's headers leave before it settles. */
  rateLimitHeaders: ["afterAdmission", "beforeAdmission", "afterSettlement"],
  /** When cached prompt tokens are given back to the token limits. */
  cachedTokens: ["refundedAfterwards", "refundedAtAdmission", "kept"],
  /** How a retired model is refused: 404 `model_not_found` or 400 `model_decommissioned`. */
  retiredModel: ["notFound", "decommissioned"],
  /** Wordings of rate-limit messages that were seen in public threads. */
  rateLimitWording: [
    "plain",
    "percentEncoded",
    "floatNoise",
    "approximateRequest",
    "namelessLimit",
  ],
  /** Whether prefixes hit the cache; Groq does not guarantee that they do. */
  promptCache: ["on", "off"],
  /** The shortest prefix that is cached, in tokens; Groq names a range. */
  shortestCachedPrefix: ["128", "1024"],
  /** What stands for `content` beside tool calls in an answer that is not streamed. */
  toolCallContent: ["absent", "null"],
  /** What is billed for a stream that the client left. */
  abortedStream: ["sentTokens", "wholeAnswer"],
  /** Whether the flex tier has room; without it answers 498. */
  flexCapacity: ["available", "full"],
  /** The code of a refusal at the monthly spend limit; Groq names the first and a family. */
  spendLimitCode: ["blocked_api_access", "spend_limit_exceeded"],
  /** The largest batch file; Groq's documents disagree. */
  batchFileLimit: ["100MB", "200MB"],
  /** Whether the front refuses user agents that a minifier has shortened, such as `f/JS 1.6.0`. */
  userAgents: ["accepted", "shortRefused"],
} as const;

/** The name of a switch. */
export type SwitchName = keyof typeof switchValues;

/** One setting for every switch. */
export type Switches = { [Name in SwitchName]: (typeof switchValues)[Name][number] };

/** The settings that hold when nobody has chosen. */
export const defaultSwitches: Switches = {
  unusedOutput: "refunded",
  omittedCap: "nothing",
  rateLimitHeaders: "afterAdmission",
  cachedTokens: "refundedAfterwards",
  retiredModel: "notFound",
  rateLimitWording: "plain",
  promptCache: "on",
  shortestCachedPrefix: "128",
  toolCallContent: "absent",
  abortedStream: "sentTokens",
  flexCapacity: "available",
  spendLimitCode: "blocked_api_access",
  batchFileLimit: "100MB",
  userAgents: "accepted",
};

/** The default setting of all switches, and each other setting of each one. */
export function switchSettings(): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(switchValues).flatMap(([name, values], index) =>
    values.slice(index === 0 ? 0 : 1).map((value) => ({ name, value })),
  );
}

/** Reads names and values from outside; throws a sentence that lists what would have been right. */
export function parseSwitches(given: Readonly<Record<string, unknown>>): Partial<Switches> {
  for (const [name, value] of Object.entries(given)) {
    if (!isSwitchName(name)) {
      throw new RangeError(
        `no switch "${name}"; there are ${Object.keys(switchValues).join(", ")}`,
      );
    }
    const values: readonly unknown[] = switchValues[name];
    if (!values.includes(value)) {
      throw new RangeError(`switch ${name} is one of ${values.join(", ")}, not "${String(value)}"`);
    }
  }
  return given;
}

function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(switchValues, name);
}
