import type { ChartView } from "../../../src/protocol/reportMessages";

/** One unit across is one bar's room; upwards the scale has this many units, from the bottom line to the top one. */
export const plotHeight = 100;

/** Of the room of a bar, how much stays free on either side. */
const gap = 0.12;

/** A part of a bar, or with values side by side a bar of its own. `y` goes down from the top, as in SVG. */
export interface BarRect {
  readonly series: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is drawn for one row of values; nothing for a value of 0. */
export function barRects(
  { form, top }: Pick<ChartView, "form" | "top">,
  values: readonly number[],
  bar: number,
): BarRect[] {
  const isStacked = form === "stacked";
  const width = (1 - 2 * gap) / (isStacked ? 1 : values.length);
  let below = 0;
  return values.flatMap((value, series) => {
    if (value <= 0) return [];
    const height = (value / top) * plotHeight;
    const rect: BarRect = {
      series,
      x: bar + gap + (isStacked ? 0 : series * width),
      y: plotHeight - height - (isStacked ? below : 0),
      width,
      height,
    };
    below += height;
    return [rect];
  });
}
