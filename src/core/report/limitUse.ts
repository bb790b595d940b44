import type { RateLimits } from "../models/model";
import type { HourUse, UsageReport } from "./usageReport";

/** What limits admit in an hour: sixty times the minute's or the whole day's, whichever is less. Absent = not known. */
export interface HourLimits {
  readonly tokens?: number;
  readonly requests?: number;
}

/** One hour of the day: its peak use on any day, and that in percent of what the limits admit. */
export interface HourShare {
  readonly hour: number;
  readonly tokens: number;
  readonly requests: number;
  readonly tokenShare?: number;
  readonly requestShare?: number;
}

export function hourLimits({ rpm, rpd, tpm, tpd }: RateLimits): HourLimits {
  const tokens = least(tpm, tpd);
  const requests = least(rpm, rpd);
  return { ...(tokens !== undefined && { tokens }), ...(requests !== undefined && { requests }) };
}

/** All 24 hours of one model, those without use at 0. */
export function hourShares(
  hours: readonly HourUse[],
  model: string,
  limits: HourLimits,
): HourShare[] {
  const used = new Map(hours.filter((one) => one.model === model).map((one) => [one.hour, one]));
  return Array.from({ length: 24 }, (_, hour) => {
    const { mostTokens: tokens = 0, mostRequests: requests = 0 } = used.get(hour) ?? {};
    return {
      hour,
      tokens,
      requests,
      ...(limits.tokens !== undefined && { tokenShare: (tokens / limits.tokens) * 100 }),
      ...(limits.requests !== undefined && { requestShare: (requests / limits.requests) * 100 }),
    };
  });
}

/** More models than this nobody would look at. */
const mostModels = 3;

/** The names of the Groq models with most calls. */
export function mostAsked({ hours, models }: Pick<UsageReport, "hours" | "models">): string[] {
  const asked = new Set(hours.map(({ model }) => model));
  return models
    .filter(({ model, provider }) => provider === "groq" && model !== "" && asked.has(model))
    .toSorted((one, other) => other.calls - one.calls)
    .slice(0, mostModels)
    .map(({ model }) => model);
}

function least(ofMinute: number | undefined, ofDay: number | undefined): number | undefined {
  const known = [
    ...(ofMinute === undefined ? [] : [ofMinute * 60]),
    ...(ofDay === undefined ? [] : [ofDay]),
  ].filter((limit) => limit > 0);
  return known.length === 0 ? undefined : Math.min(...known);
}
