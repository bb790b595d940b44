import type { DatabaseSync } from "node:sqlite";
import type { DayRange } from "../core/report/period";
import { percentilesOf } from "../core/report/speedSteps";
import type { SpeedCount } from "../core/report/speedSteps";
import type { ModelSpeed, SlotSpeed, UsageReport } from "../core/report/usageReport";
import { providerOf, readRows, slotLength } from "./reportSums";

interface Measured {
  readonly slot: string;
  readonly model: string;
  readonly provider: ModelSpeed["provider"];
  readonly first: SpeedCount[];
  readonly perSecond: SpeedCount[];
}

/** How fast each model answered, the one with most calls first. */
export function readSpeeds(database: DatabaseSync, range: DayRange): ModelSpeed[] {
  return readMeasured(database, range, 0).map(({ slot: _slot, ...speed }) => speed);
}

/** The same for each slot, in the order of time. */
export function readSpeedsOverTime(
  database: DatabaseSync,
  range: DayRange,
  unit: UsageReport["unit"],
): SlotSpeed[] {
  const speeds = readMeasured(database, range, slotLength(unit));
  return speeds.toSorted((one, other) =>
    one.slot < other.slot ? -1 : Number(one.slot > other.slot),
  );
}

/** `letters`: how much of a date names a slot; none, and all days are one. */
function readMeasured(database: DatabaseSync, range: DayRange, letters: number): SlotSpeed[] {
  const rows = readRows(
    database,
    `SELECT substr(day, 1, ${letters}) AS slot, model, provider, measure, step, sum(calls) AS calls
     FROM speed_by_day WHERE day BETWEEN ?1 AND ?2 GROUP BY 1, model, provider, measure, step`,
    range,
  );
  const found = new Map<string, Measured>();
  for (const row of rows) {
    const [slot, model, provider] = [String(row["slot"]), String(row["model"]), providerOf(row)];
    const key = `${slot} ${provider} ${model}`;
    const measured = found.get(key) ?? { slot, model, provider, first: [], perSecond: [] };
    found.set(key, measured);
    const counts = row["measure"] === "first_token_ms" ? measured.first : measured.perSecond;
    counts.push({ step: Number(row["step"]), calls: Number(row["calls"]) });
  }
  return [...found.values()]
    .map(({ slot, model, provider, first, perSecond }) => {
      const firstToken = percentilesOf(first);
      const tokensPerSecond = percentilesOf(perSecond);
      return {
        slot,
        model,
        provider,
        ...(firstToken !== undefined && { firstToken }),
        ...(tokensPerSecond !== undefined && { tokensPerSecond }),
      };
    })
    .toSorted((one, other) => (other.firstToken?.calls ?? 0) - (one.firstToken?.calls ?? 0));
}
