import type { DatabaseSync } from "node:sqlite";
import type { DayRange } from "../core/report/period";
import { percentilesOf } from "../core/report/speedSteps";
import type { SpeedCount } from "../core/report/speedSteps";
import type { ModelSpeed } from "../core/report/usageReport";
import { providerOf, readRows } from "./reportSums";

interface Measured {
  readonly model: string;
  readonly provider: ModelSpeed["provider"];
  readonly first: SpeedCount[];
  readonly perSecond: SpeedCount[];
}

/** How fast each model answered, the one with most calls first. */
export function readSpeeds(database: DatabaseSync, range: DayRange): ModelSpeed[] {
  const rows = readRows(
    database,
    `SELECT model, provider, measure, step, sum(calls) AS calls FROM speed_by_day
     WHERE day BETWEEN ?1 AND ?2 GROUP BY model, provider, measure, step`,
    range,
  );
  const models = new Map<string, Measured>();
  for (const row of rows) {
    const [model, provider] = [String(row["model"]), providerOf(row)];
    const key = `${provider} ${model}`;
    const measured = models.get(key) ?? { model, provider, first: [], perSecond: [] };
    models.set(key, measured);
    const counts = row["measure"] === "first_token_ms" ? measured.first : measured.perSecond;
    counts.push({ step: Number(row["step"]), calls: Number(row["calls"]) });
  }
  return [...models.values()]
    .map(({ model, provider, first, perSecond }) => {
      const firstToken = percentilesOf(first);
      const tokensPerSecond = percentilesOf(perSecond);
      return {
        model,
        provider,
        ...(firstToken !== undefined && { firstToken }),
        ...(tokensPerSecond !== undefined && { tokensPerSecond }),
      };
    })
    .toSorted((one, other) => (other.firstToken?.calls ?? 0) - (one.firstToken?.calls ?? 0));
}
