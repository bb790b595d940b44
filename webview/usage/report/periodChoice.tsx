import { useState } from "preact/hooks";
import { periodKinds } from "../../../src/protocol/usageChoices";
import type { ReportView } from "../../../src/protocol/reportMessages";
import { postToHost, words } from "../host";

/** Chooses the period of the report; "other days" has two date boxes. */
export function PeriodChoice({ report }: { readonly report: ReportView }) {
  const { period, from, to, choices } = report;

  function choose(value: string): void {
    const kind = periodKinds.find((one) => one === value);
    postToHost({
      type: "period",
      period: kind === undefined ? { kind: "custom", from, to } : { kind },
    });
  }

  return (
    <div class="period">
      <label>
        {words.period}{" "}
        <select value={period.kind} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {period.kind === "custom" ? (
        <>
          <DateBox label={words.from} day={from} onDay={(day) => days(day, to)} />
          <DateBox label={words.to} day={to} onDay={(day) => days(from, day)} />
        </>
      ) : (
        <span class="note">{from === to ? from : `${from} – ${to}`}</span>
      )}
    </div>
  );
}

function days(from: string, to: string): void {
  postToHost({ type: "period", period: { kind: "custom", from, to } });
}

/** Keeps what is being typed, whatever the host answers: a year is incomplete before its last digit. */
function DateBox({
  label,
  day,
  onDay,
}: {
  readonly label: string;
  readonly day: string;
  readonly onDay: (day: string) => void;
}) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  function take(value: string): void {
    setTyped(value);
    if (value > firstYear) onDay(value);
  }
  return (
    <label>
      {label}{" "}
      <input
        type="date"
        value={typed ?? day}
        onChange={({ currentTarget }) => take(currentTarget.value)}
        onBlur={() => setTyped(undefined)}
      />
    </label>
  );
}

/** Nobody asked a model before this year: such a date is not completely typed yet. */
const firstYear = "2000";
