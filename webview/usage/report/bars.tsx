import { memo } from "preact/compat";
import type { ChartView } from "../../../src/protocol/reportMessages";

const height = 100;
/** Of the room of a bar, how much stays free on either side. */
const gap = 0.12;

/** The drawing alone: what it says is told by the slider around it. One unit across is one bar's room. */
export function Bars({ chart, chosen }: { readonly chart: ChartView; readonly chosen: number }) {
  const count = chart.values.length;
  return (
    <svg viewBox={`0 0 ${count} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="chosen" x={chosen} y={0} width={1} height={height} />
      {chart.ticks.map(({ at }) => {
        const y = height - (at / chart.top) * height;
        return <line class="line" key={at} x1={0} x2={count} y1={y} y2={y} />;
      })}
      <AllBars chart={chart} />
    </svg>
  );
}

/** Not drawn again when only another bar is chosen. */
const AllBars = memo(({ chart }: { readonly chart: ChartView }) => (
  <>{chart.values.map((values, bar) => rectsOf(chart, values, bar))}</>
));

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function rectsOf({ form, top }: ChartView, values: readonly number[], bar: number) {
  let below = 0;
  return values.map((value, series) => {
    const tall = (value / top) * height;
    const width = (1 - 2 * gap) / (form === "stacked" ? 1 : values.length);
    const rect: Rect = {
      x: bar + gap + (form === "stacked" ? 0 : series * width),
      y: height - tall - (form === "stacked" ? below : 0),
      width,
      height: tall,
    };
    below += tall;
    return value > 0 && <rect class={`bar series-${series}`} key={`${bar} ${series}`} {...rect} />;
  });
}
