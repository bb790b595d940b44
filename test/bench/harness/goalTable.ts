import { describe, median } from "./statistics.ts";

/** One line of the bench: what was measured in each round, and the goal for its median. */
export interface Measure {
  readonly title: string;
  readonly unit: string;
  readonly samples: readonly number[];
  /** The same of the no-op extension, shown beside. */
  readonly noOp?: readonly number[];
  /** The median is not to be above it; none for what is only told. */
  readonly goal?: number;
}

/** Prints the measures as a table, with the goals beside them. */
export function printMeasures(measures: readonly Measure[]): void {
  const rows = measures.map((measure) => [
    measure.title,
    `${describe(measure.samples)} ${measure.unit}`,
    measure.noOp ? describe(measure.noOp) : "",
    measure.goal === undefined ? "" : `<= ${measure.goal}`,
    verdict(measure),
  ]);
  const head = ["measure", "median (spread)", "no-op extension", "goal", ""];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  for (const row of all) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}

function verdict({ samples, goal }: Measure): string {
  if (goal === undefined) return "";
  return median(samples) <= goal ? "met" : "MISSED";
}
