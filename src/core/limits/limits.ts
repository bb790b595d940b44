/** Requests and tokens, per minute and per day: the limits that Groq sets for a chat model. */
export const limitDimensions = ["rpm", "rpd", "tpm", "tpd"] as const;

export type LimitDimension = (typeof limitDimensions)[number];

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The time in which a whole limit refills, in milliseconds. */
export const windowMs: Readonly<Record<LimitDimension, number>> = {
  rpm: minuteMs,
  rpd: dayMs,
  tpm: minuteMs,
  tpd: dayMs,
};

/** Whether the limit counts tokens; else it counts requests. */
export function countsTokens(dimension: LimitDimension): boolean {
  return dimension === "tpm" || dimension === "tpd";
}

/** What a request reserves before it is sent. */
export interface Need {
  /** The upper end of its prompt, and its output cap. */
  readonly tokens: number;
  readonly outputCap: number;
}

/** What the request takes of a limit at admission. */
export function needOf(need: Need, dimension: LimitDimension): number {
  return countsTokens(dimension) ? need.tokens : 1;
}

/** What response headers report. Groq's name requests per day and tokens per minute, others' may name more. */
export type ReportedLimits = {
  readonly [Dimension in LimitDimension]?: { readonly limit: number; readonly remaining: number };
};

/**
 * What the headers of an answer report, without a limit under which that answer could not have been given: if it were
 * believed, nothing would ever be sent again.
 */
export function believable(reported: ReportedLimits, outputCap: number): ReportedLimits {
  const { tpm, ...others } = reported;
  return tpm === undefined || tpm.limit < outputCap ? others : reported;
}

/** The numbers in the body of a refusal, the only source for the limits that have no header. */
export interface RefusedLimit {
  /** Absent in bodies that leave out the name. */
  readonly dimension?: LimitDimension;
  readonly limit: number;
  /** Absent when the request is larger than the whole limit (413). */
  readonly used?: number;
  readonly requested: number;
  readonly waitMs?: number;
}

/** A refusal that tells no numbers, but after what time to ask again. */
export interface RefusedFor {
  readonly waitMs: number;
}

/** Which limit a refusal is about: the one that it names, or else the one whose window fits the wait. */
export function refusedDimension(told: RefusedLimit): LimitDimension | undefined {
  if (told.dimension !== undefined) return told.dimension;
  if (told.used === undefined || told.waitMs === undefined) return undefined;
  const over = told.used + told.requested - told.limit;
  if (over <= 0) return undefined;
  const window = (told.waitMs / over) * told.limit;
  const perDay = window > Math.sqrt(minuteMs * dayMs);
  if (told.requested === 1) return perDay ? "rpd" : "rpm";
  return perDay ? "tpd" : "tpm";
}
