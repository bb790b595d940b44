import type { DatabaseSync } from "node:sqlite";
import type { DayRange } from "../core/report/period";
import { percentilesOf } from "../core/report/speedSteps";
import type { SpeedCount } from "../core/report/speedSteps";
import type { ModelSpeed, SlotSpeed, UsageReport } from "../core/report/usageReport";
import { providerOf, readRows, slotLength } from "./reportSums";

/** How many answers of a model were as fast as a step of the scale, in one slot. */
interface CountedSpeed extends SpeedCount {
  readonly slot: string;
  readonly model: string;
  readonly provider: ModelSpeed["provider"];
  readonly measure: "firstToken" | "tokensPerSecond";
}

/** How fast each model answered, the one with most calls first. */
export function readSpeeds(database: DatabaseSync, range: DayRange): ModelSpeed[] {
  return speedsOf(readCounts(database, range, "month"));
}

/** The same, and for each slot in the order of time. */
export function readSpeedsOverTime(
  database: DatabaseSync,
  range: DayRange,
  unit: UsageReport["unit"],
): Pick<UsageReport, "speeds" | "speedsOverTime"> {
  const counts = readCounts(database, range, unit);
  const bySlot = Map.groupBy(counts, ({ slot }) => slot);
  const speedsOverTime = [...bySlot].flatMap(([slot, ofSlot]) =>
    speedsOf(ofSlot).map((speed): SlotSpeed => ({ slot, ...speed })),
  );
  return { speeds: speedsOf(counts), speedsOverTime };
}

function readCounts(
  database: DatabaseSync,
  range: DayRange,
  unit: UsageReport["unit"],
): CountedSpeed[] {
  const rows = readRows(
    database,
    `SELECT substr(day, 1, ${slotLength(unit)}) AS slot, model, provider, measure, step, sum(calls) AS calls
     FROM speed_by_day WHERE day BETWEEN ?1 AND ?2
     GROUP BY 1, model, provider, measure, step ORDER BY 1, model, provider`,
    range,
  );
  return rows.map((row) => ({
    slot: String(row["slot"]),
    model: String(row["model"]),
    provider: providerOf(row),
    measure: row["measure"] === "first_token_ms" ? "firstToken" : "tokensPerSecond",
    step: Number(row["step"]),
    calls: Number(row["calls"]),
  }));
}

function speedsOf(counts: readonly CountedSpeed[]): ModelSpeed[] {
  const byModel = Map.groupBy(counts, ({ model, provider }) => `${provider} ${model}`);
  return [...byModel.values()]
    .flatMap((ofModel): ModelSpeed[] => {
      const [first] = ofModel;
      if (first === undefined) return [];
      const { model, provider } = first;
      const percentiles = (measure: CountedSpeed["measure"]) =>
        percentilesOf(ofModel.filter((count) => count.measure === measure));
      const firstToken = percentiles("firstToken");
      const tokensPerSecond = percentiles("tokensPerSecond");
      return [
        {
          model,
          provider,
          ...(firstToken !== undefined && { firstToken }),
          ...(tokensPerSecond !== undefined && { tokensPerSecond }),
        },
      ];
    })
    .toSorted((one, other) => (other.firstToken?.calls ?? 0) - (one.firstToken?.calls ?? 0));
}
