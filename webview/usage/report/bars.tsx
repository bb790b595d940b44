import { memo } from "preact/compat";
import type { ChartView } from "../../../src/protocol/reportMessages";
import { barRects, plotHeight } from "./barRects";

/** Only the drawing; the slider around it makes it accessible. */
export function Bars({ chart, chosen }: { readonly chart: ChartView; readonly chosen: number }) {
  const count = chart.values.length;
  return (
    <svg viewBox={`0 0 ${count} ${plotHeight}`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="chosen" x={chosen} y={0} width={1} height={plotHeight} />
      {chart.ticks.map(({ at }) => {
        const y = plotHeight - (at / chart.top) * plotHeight;
        return <line class="line" key={at} x1={0} x2={count} y1={y} y2={y} />;
      })}
      <AllBars chart={chart} />
    </svg>
  );
}

/** Not redrawn when only another bar is chosen. */
const AllBars = memo(({ chart }: { readonly chart: ChartView }) => (
  <>
    {chart.values.map((values, bar) =>
      barRects(chart, values, bar).map(({ series, ...rect }) => (
        <rect class={`bar series-${series}`} key={`${bar} ${series}`} {...rect} />
      )),
    )}
  </>
));
