import type { ChartView } from "../../../src/protocol/reportMessages";

/** Horizontally one unit is the room of one bar; vertically the plot has this many units from bottom to top. */
export const plotHeight = 100;

/** The share of a bar's room that stays free on either side. */
const gap = 0.12;

/** A part of a stacked bar, or one of several bars beside each other. `y` goes down from the top, as in SVG. */
export interface BarRect {
  readonly series: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The rectangles for one row of values; none for a value of 0. */
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
