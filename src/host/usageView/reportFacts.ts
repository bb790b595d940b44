import type { Picodollars } from "../../core/budget/money";
import type { TokenPrice } from "../../core/budget/price";
import type { Clock } from "../../core/dispatch/clock";
import { succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import type { Ledger, Spend } from "../../core/dispatch/ledger";
import { spendScopes } from "../../core/dispatch/spendScopes";
import type { Model, ProviderId, RateLimits } from "../../core/models/model";
import { chatModels, priceNow } from "../../core/models/modelBook";
import { daysFromTo } from "../../core/report/calendar";
import { forecastDays, forecastMonth } from "../../core/report/forecast";
import type { MonthForecast } from "../../core/report/forecast";
import { mostAsked } from "../../core/report/limitUse";
import { atOtherPrices, savedByCache } from "../../core/report/otherPrices";
import type { OtherPrice } from "../../core/report/otherPrices";
import { rangeBefore, rangeOf } from "../../core/report/period";
import type { ReportPeriod } from "../../core/report/period";
import { sumTallies } from "../../core/report/tally";
import type {
  CachedUse,
  ModelTally,
  Slot,
  Tally,
  UsageReport,
  UsageReports,
} from "../../core/report/usageReport";
import type { Settings } from "../settings";

export interface FactSources {
  readonly reports: UsageReports;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly settings: () => PriceSettings;
  /** What is known about the account's limits for a model. */
  readonly limitsOf: (model: Model) => Promise<RateLimits>;
}

type PriceSettings = Pick<Settings, "book" | "plan" | "fallback">;

/** A report and what follows from it, as numbers. */
export interface ReportFacts {
  readonly period: ReportPeriod;
  readonly today: string;
  readonly report: UsageReport;
  readonly total: Tally;
  /** Of the local day and its month, whatever the report's period. */
  readonly day: Spend;
  readonly month: Spend;
  /** Undefined if too few days are known. */
  readonly forecast: MonthForecast | undefined;
  readonly models: readonly PricedTally[];
  /** What the cache has saved over time; no entry where all cached tokens are of unknown price. */
  readonly savings: ReadonlyMap<Slot, Picodollars>;
  /** At the prices of the chat models that the account may ask. */
  readonly others: readonly OtherPrice[];
  /** Of the Groq models that were asked most, the most used first. */
  readonly limits: readonly ModelLimits[];
}

export interface ModelLimits {
  readonly model: string;
  readonly limits: RateLimits;
}

export interface PricedTally extends ModelTally {
  /** What the cache has saved at today's price; undefined without a known one. */
  readonly saved: Picodollars | undefined;
}

/** The longest period with a bar for each day: a quarter. A longer one has one for each month. */
const mostDailyBars = 92;

export async function readFacts(
  sources: FactSources,
  period: ReportPeriod,
): Promise<Result<ReportFacts>> {
  const { reports, ledger, clock, settings } = sources;
  const today = clock.localDay(clock.now());
  const booked = await reports.bookedDays();
  if (!booked.ok) return booked;
  const range = rangeOf(period, today, booked.value);
  const unit = daysFromTo(range.from, range.to) > mostDailyBars ? "month" : "day";
  const scopes = spendScopes("", today);
  const [report, day, month] = await Promise.all([
    reports.read({ range, before: rangeBefore(range), recent: forecastDays(today), unit }),
    ledger.spent(scopes.day),
    ledger.spent(scopes.month),
  ]);
  if (!report.ok) return report;
  if (!day.ok) return day;
  if (!month.ok) return month;
  const { models } = report.value;
  const total = sumTallies(models);
  const known = settings();
  const limits = mostAsked(report.value).map(async (model) => ({
    model,
    limits: await sources.limitsOf(known.book.find(model)),
  }));
  return succeed({
    period,
    today,
    report: report.value,
    total,
    day: day.value,
    month: month.value,
    forecast: forecastMonth(report.value.recent, today),
    models: models.map((one) => ({ ...one, saved: savedByCache(one, priceOf(known, one)) })),
    savings: savingsOf(report.value.cached, known),
    others: atOtherPrices(total.usage, chatModels(known.book, known.plan)),
    limits: await Promise.all(limits),
  });
}

function savingsOf(
  cached: readonly CachedUse[],
  known: PriceSettings,
): ReadonlyMap<Slot, Picodollars> {
  const savings = new Map<Slot, Picodollars>();
  for (const { slot, tokens, ...who } of cached) {
    const saved = savedByCache({ usage: { cachedTokens: tokens } }, priceOf(known, who));
    if (saved !== undefined) savings.set(slot, (savings.get(slot) ?? 0n) + saved);
  }
  return savings;
}

/** What is left of deleted data has no model. */
function priceOf(
  known: PriceSettings,
  used: { readonly model: string; readonly provider: ProviderId },
): TokenPrice | undefined {
  return used.model === "" ? undefined : priceNow(known, used);
}
