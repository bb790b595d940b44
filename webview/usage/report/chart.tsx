import { useState } from "preact/hooks";
import type { ChartView, TableView } from "../../../src/protocol/reportMessages";
import { filled } from "../../hostLink";
import { words } from "../host";
import { Bars } from "./bars";

/**
 * A bar chart. The plot is one tab stop: a slider that goes from bar to bar with the arrow keys, and gives each bar's row of
 * the table, visibly and to screen readers.
 */
export function Chart({
  title,
  chart,
  table,
}: {
  readonly title: string;
  readonly chart: ChartView;
  readonly table: TableView;
}) {
  const last = chart.values.length - 1;
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const bar = Math.min(chosen ?? lastWithValue(chart), last);
  const readout = readoutOf(table, bar);

  function step(event: KeyboardEvent): void {
    const next = barAfter(bar, last, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setChosen(next);
  }

  function point(event: MouseEvent & { readonly currentTarget: Element }): void {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const place = Math.floor(((event.clientX - left) / width) * (last + 1));
    setChosen(Math.max(0, Math.min(last, place)));
  }

  return (
    <div class="chart">
      <div class="plot-row">
        <div class="scale" aria-hidden="true">
          {chart.ticks.toReversed().map(({ label }) => (
            <span key={label}>{label}</span>
          ))}
        </div>
        <div
          class="plot"
          role="slider"
          tabIndex={0}
          aria-label={filled(words.pickBar, title)}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={bar}
          aria-valuetext={readout}
          onKeyDown={step}
          onMouseMove={point}
        >
          <Bars chart={chart} chosen={bar} />
        </div>
      </div>
      <Heads table={table} />
      <p class="readout">{readout}</p>
      <ul class="legend">
        {chart.series.map((name, place) => (
          <li key={place}>
            <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
              <rect class={`series-${place}`} width="10" height="10" />
            </svg>
            {name}
          </li>
        ))}
      </ul>
    </div>
  );
}

const mostHeads = 6;

/** The names below the bars, as many as there is room for. */
function Heads({ table: { rows } }: { readonly table: TableView }) {
  const step = Math.max(1, Math.ceil(rows.length / mostHeads));
  const shown = rows.filter((_, place) => place % step === 0);
  return (
    <div class={step > 1 ? "heads sparse" : "heads"} aria-hidden="true">
      {shown.map(({ head }, place) => {
        const bars = Math.min(step, rows.length - place * step);
        // The room for the last one may be too narrow for a name.
        return (
          <span key={place} style={{ flexGrow: bars }}>
            {bars > step / 2 ? head : ""}
          </span>
        );
      })}
    </div>
  );
}

function lastWithValue({ values }: ChartView): number {
  return Math.max(
    0,
    values.findLastIndex((row) => row.some((value) => value > 0)),
  );
}

/** `Nov 12: openai/gpt-oss-120b $0.40, Total $0.40, Requests 12`. */
function readoutOf({ columns, rows }: TableView, bar: number): string {
  const row = rows[bar];
  if (row === undefined) return "";
  const cells = row.cells.flatMap((cell, place) =>
    cell === "–" ? [] : [`${columns[place + 1] ?? ""} ${cell}`],
  );
  return `${row.head}: ${cells.join(", ")}`;
}

const page = 7;

function barAfter(bar: number, last: number, key: string): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(last, bar + 1);
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(0, bar - 1);
    case "PageUp":
      return Math.min(last, bar + page);
    case "PageDown":
      return Math.max(0, bar - page);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}
